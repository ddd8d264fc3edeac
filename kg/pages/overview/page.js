/* Script of a page, built from kg/pages/scripts/overview/ */
"use strict";
(()=>{function qt(t){try{return decodeURIComponent(t)}catch{return t}}function Ht(){let[t,...n]=location.hash.slice(1).split("&");return{key:qt(t),fields:new URLSearchParams(n.join("&"))}}function Gt(t,n){
let e=n.toString(),f=t===null;return`#${f?"":encodeURIComponent(t)}${e||f?"&":""}${e}`}function Yt(t,n){let e=t.map(f=>`\
“${f}”`).join(", ");return e&&`The address names ${n}; left out: ${e}.`}function _t(t,n){addEventListener("hashchang\
e",()=>{let e=qt(location.hash.slice(1));e&&!t(e.split("&")[0])&&document.getElementById(e)||n()})}var Ye=getComputedStyle(document.documentElement),rt=new Map;function z(t){return rt.has(t)||rt.set(t,Ye.getPropertyValue(
`--${t}`).trim()),rt.get(t)}function it(t){matchMedia("(prefers-color-scheme: dark)").addEventListener("change",()=>{rt.
clear(),t()})}var Kt=t=>n=>document.getElementById(`${t}${n}`),ct=t=>JSON.parse(t.textContent);function I(t,n,...e){let f=document.createElement(
t);for(let[a,g]of Object.entries(n||{}))g&&f.setAttribute(a,g);return f.append(...e.filter(a=>a!==""&&a!=null)),f}function Y(t,n,...e){
let f=document.createElementNS("http://www.w3.org/2000/svg",t);for(let[a,g]of Object.entries(n))f.setAttribute(a,g);return f.
append(...e),f}var at=t=>t.map(n=>I("option",{value:String(n)},String(n)));var lt=60,Vt=500,Xt=t=>/^https?:\/\//i.test(t),_e=t=>t&&!/^en\b/i.test(t)?t:"",J=t=>t.toLocaleString("en"),ut=(...t)=>I(
"p",{class:"kicker"},...t),St=(...t)=>I("p",{class:"actions"},...t),Jt=(t,n)=>I("a",{href:t,rel:"noreferrer"},n),Et=(t,...n)=>n.
length?[I("h3",null,t),...n]:[],ft=(t,n,e="span")=>I(e,{class:`verb ink-${t.colour}`},`${t.sign} ${n}`.trim()),Qt=(t,n,...e)=>I(
"blockquote",null,I("p",{lang:_e(n)},`“${t}”`),...e);function dt(t,n){let e=d=>I("li",null,...n(d)),f=I("ul",null,...t.
slice(0,lt).map(e));if(t.length<=lt)return[f];let a=I("button",{type:"button",class:"more"},`and ${J(t.length-lt)} more`),
g=lt;return a.addEventListener("click",()=>{f.append(...t.slice(g,g+Vt).map(e)),g+=Vt,a.textContent=`and ${J(t.length-g)}\
 more`,a.hidden=g>=t.length}),[f,a]}function Zt(t,n){t("details").replaceChildren(...n),t("details").hidden=!n.length,t(
"start").hidden=!!n.length,t("panel").scrollTop=0}function ht(t,n,e=!1){t("status").textContent=n,t("status").classList.
toggle("unseen",!e)}var Ke=["since","until"];function te(t,n){let e=Object.fromEntries(n.map(c=>[c,""])),f=c=>n.some(o=>c[o]),a=(c,o)=>Ke.includes(
c)?`${c} ${o}`:o;function g(c){for(let o of n)t(o).value=c[o]}function d(c,o){for(let u of n)o[u]&&c.set(u,o[u])}function x(c,o){
return n.filter(u=>c[u]).map(u=>a(u,o(u))).join(", ")}function S(c){for(let o of n)t(o).addEventListener("change",({target:u})=>c(
o,u.value))}return{fields:n,none:e,isAsked:f,show:g,write:d,words:x,onChoice:S,hide:(c,o)=>{t(c).parentElement.hidden=o}}}var ee=(t,n)=>t("names").replaceChildren(...n.map(e=>I("option",{value:e})));function ne(t,n,e){t("find").addEventListener(
"input",({target:f})=>n(f.value)),t("find").addEventListener("change",({target:f})=>{let a=f.value.trim();a&&e(a)})}function oe(t,n,e,f,a){
let g=t("names").id,d=I("input",{type:"search",list:g,autocomplete:"off","aria-label":n,placeholder:e});return d.addEventListener(
"input",()=>f(d.value)),d.addEventListener("change",()=>a(d.value)),I("div",{class:"path"},d)}function se(t,n){let e=document.createElement("a");e.href=URL.createObjectURL(t),e.download=n,document.body.append(e),e.
click(),e.remove(),setTimeout(()=>URL.revokeObjectURL(e.href),6e4)}var re=(t,n)=>se(new Blob([t],{type:"image/svg+xml"}),
`${n}.svg`),bt=(t,n)=>new Promise(e=>{t.toBlob(f=>{se(f,`${n}.png`),e()},"image/png")});async function ie(t,n,e,f){let a=new Image;
a.src=`data:image/svg+xml;charset=utf-8,${encodeURIComponent(t)}`,await a.decode();let g=document.createElement("canvas"),
d=Math.min(2,8e3/Math.max(n,e));return[g.width,g.height]=[Math.ceil(n*d),Math.ceil(e*d)],g.getContext("2d").drawImage(a,
0,0,g.width,g.height),bt(g,f)}var ce=t=>t.toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(/^-|-$/g,"").slice(0,60)||"gr\
aph";var ae=t=>/^\d{4}$/.test(t);function le({claims:t,topics:n,shares:e,states:f,stances:a,names:g},d){let x=new Map(t.key.map(
(r,w)=>[r,w])),S=new Map(n.map(([r],w)=>[r,w])),y={topic:r=>S.has(r),relation:r=>e.includes(r),standing:r=>f.includes(r),
stance:r=>a.includes(r),who:r=>g.includes(r),source:r=>g.includes(r),since:ae,until:ae};function c(){let{key:r,fields:w}=Ht(),
m=[...d.fields,"to","open","show"],h=[...w.keys()].filter(p=>!m.includes(p)),s=(p,i)=>i?x.has(i)?x.get(i):(h.push(`${p} ${i}`.
trim()),-1):-1,l={claim:s("",r),to:s("to",w.get("to")),open:w.has("open"),map:w.get("show")==="map",unknown:h};for(let p of d.
fields){let i=w.get(p)||"",M=!i||y[p](i);M||h.push(`${p} ${i}`),l[p]=M?i:""}return l}function o(r){let w=new URLSearchParams,
m=r.claim>=0;return m&&r.to>=0&&w.set("to",t.key[r.to]),m&&r.open&&w.set("open","1"),m&&r.map&&w.set("show","map"),d.write(
w,r),Gt(m?t.key[r.claim]:null,w)}let u={claim:-1,to:-1,open:!1,map:!1};return{read:c,write:o,NONE:u,HOME:{...u,...d.none},
numbered:x,topicAt:S,isKnown:y}}var Ve=20;function ue(t,n,e){let{topics:f,shares:a,states:g,stances:d,said:x,names:S,looks:y,tallied:c}=e,o=r=>I("option",
{value:r},`${y[r].sign} ${c[r]}`);t("topic").append(...at(f.map(([r])=>r))),t("relation").append(...a.map(o)),t("standin\
g").append(...at([...g].sort())),t("stance").append(...at(d.filter((r,w)=>x.stance.includes(w)))),n.hide("standing",!g.length),
n.hide("stance",!x.stance.length);for(let[r,w]of Object.entries({who:x.agent,source:x.source})){let m=[...new Set(w)].filter(
h=>h>=0).map(h=>S[h]).sort();n.hide(r,!m.length),t(r).addEventListener("input",()=>{let h=t(r).value.toLowerCase(),s=m.filter(
l=>l.toLowerCase().includes(h)).slice(0,Ve);t(`${r}_names`).replaceChildren(...s.map(l=>I("option",{value:l})))})}let u=x.
date.some(r=>/\d{4}/.test(r));for(let r of["since","until"])n.hide(r,!u)}var q="Helvetica Neue, Helvetica, Arial, Liberation Sans, dv, nt, sans-serif",Z="Georgia, Times New Roman, Liberation Se\
rif, dvs, nts, serif";function Q(t,n,e,f,a){t.font=e;let g=[],d="";for(let S of n.split(/(?<=_)|\s+/)){let y=d&&!d.endsWith(
"_")?" ":"";if(t.measureText(d+y+S).width<=f){d+=y+S;continue}for(d&&g.push(d);g.length<=a&&t.measureText(S).width>f&&S.
length>1;){let c=S.length-1;for(;c>1&&t.measureText(S.slice(0,c)).width>f;)c-=1;g.push(S.slice(0,c)),S=S.slice(c)}if(d=S,
g.length>a)break}if(d&&g.push(d),g.length<=a)return g;let x=g[a-1]||"";for(;x&&t.measureText(`${x}…`).width>f;)x=x.slice(
0,-1);return a?[...g.slice(0,a-1),`${x.replace(/[\s,;:.(]+$/,"")}…`]:[]}function fe(t,n,e,f,a,g){t.font=e;let d=n.map(
c=>t.measureText(c).width),x=f-d.reduce((c,o)=>c+o,0),S=Math.min(a,x/Math.max(1,n.length-1));if(S<g)return[];let y=0;return n.
map((c,o)=>{let u={text:c,x:y,width:d[o]};return y+=d[o]+S,u})}var de=document.getElementById("vocabulary"),Xe={stances:{affirms:"supports",denies:"opposes",doubts:"doubts","no eviden\
ce":"no evidence",inconclusive:"inconclusive","stance not stated":"stance not stated"},plain:"affirms",arguments:["suppo\
rts","opposes","undercuts","qualifies","direction not stated"],turned:{opposes:{doubts:"doubts"}},groups:[["For it",["su\
pports"]],["Against it",["opposes"]],["Doubting it",["doubts"]],["On the evidence",["undercuts"]],["Limiting it",["quali\
fies"]],["Finding no evidence",["no evidence"]],["Inconclusive",["inconclusive"]],["Neither for nor against",["stance no\
t stated","direction not stated"]]],pro:["supports"],low:["opposes","doubts","undercuts"],unstated:{argument:"direction \
not stated",statement:"stance not stated"}},V={...Xe,...de&&ct(de)},Je=Object.keys(V.stances),Pn=V.plain,Lt=V.groups,he=Lt.
flatMap(([,t])=>t),Nn=new Set([...V.arguments,...Je]),pe=(t,n)=>V.turned[t]?.[n]??t,vt=t=>V.stances[t],Ot=t=>V.pro.includes(
t),pt=t=>V.low.includes(t);var mt=({kind:t,stance:n})=>!!n&&vt(n)===t,gt=t=>mt(t)?t.stance:t.does||t.kind;function me({claims:t,looks:n,voice:e,name:f},a){
if(a.claim>=0)return t.text[a.claim];if(a.premise)return`${a.premise}: ${t.text[a.about]}`;let g=e(a.voice);return a.stance&&
!mt(a)?`${n[a.stance].word} this claim${g.quote&&": "}${g.quote}`:g.quote||f(a.thing)||g.who||g.source||"somebody not na\
med"}function wt({lines:t,said:n,kinds:e,looks:f,stances:a,saidOf:g,linesTo:d},x){let S=[],[y,c]=[new Map,new Map],o=m=>(S.
push(m),m);for(let m of Array.from(d(x)).sort((h,s)=>h-s)){let h=o(u(m));y.set(m,h),h.voice>=0&&!c.has(h.voice)&&c.set(h.
voice,h)}for(let m of g(x))c.has(m)||c.set(m,o(r(m)));function u(m){let h=t.voice[m],s=h>=0?a[n.stance[h]]:"",[l,p]=[e[t.
kind[m]],e[t.does[m]]],i={kind:l,does:p,claim:t.by[m],voice:h,thing:t.thing[m],on:t.on[m],answers:[]};return s&&n.claim[h]===
x?{...i,kind:pe(l,s),claim:-1,stance:s}:s&&i.claim<0?{...i,premise:f[s].word,about:n.claim[h]}:i}function r(m){let h=a[n.
stance[m]];return{kind:vt(h),stance:h,claim:-1,voice:m,thing:-1,on:-1,answers:[]}}function w({on:m}){return m>=0?y.get(m):
m<-1?c.get(-2-m):null}return Qe(S,w)}function Qe(t,n){let e=t.filter(g=>{let d=n(g);return!d||d===g?!0:(d.answers.push(g),
!1)}),f=new Set,a=g=>{f.has(g)||(f.add(g),g.answers.forEach(a))};e.forEach(a);for(let g of t)f.has(g)||(e.push(g),a(g));
return e}var tt=10,Ct=.9,_=14,ge=700,Ze=[12,11,10,9,8,7,6,5,4,3,2,1],At={lines:400,answers:12},we=t=>t.reduce((n,{h:e})=>n+e+_,-_);
function Tt(t,n){let[e,f]=[t.map(({x:g})=>g),n/2],a=g=>t.map(({y:d,box:x})=>d+g*x.h/2);return[Math.min(...e)-f,Math.min(
...a(-1)),Math.max(...e)+f,Math.max(...a(1))]}function ye(t){let{looks:n,claims:e}=t,f=document.createElement("canvas").
getContext("2d");function a(o,u){return u<ge?{width:u-92,column:0}:o.some(r=>r.answers.length)?{width:178,column:236}:{width:230,
column:330}}function g(o,u){let r=u-2*tt-4,w=Q(f,o.text,`400 14px ${Z}`,r,4),m=o.who?Q(f,o.who,`400 11.5px ${q}`,r,2):[],
h=o.kind?n[gt(o)].word:"",s=o.head||(o.kind?`${n[o.kind].sign} ${h}`:""),l=2*tt+(s?16:0)+w.length*18+m.length*14+(o.counts?
20:0);return{...o,rows:w,foot:m,word:h,head:s,h:l}}function d(o,u){let r=t.voice(o.voice),w=me(t,o),h=[...new Set([r.who,
r.source,r.date])].filter(s=>s&&s!==w).join(", ");return g({...o,text:w,who:h},u)}function x(o){return{more:!0,claim:-1,
text:"",rows:[`and ${o.toLocaleString("en")} more`],foot:[],head:"",h:2*tt+18}}function S(o,u,r,w,{width:m,column:h}){let s=[],
l=0;for(let p of o.slice(0,r)){let i=d(p,m),M=p.answers.slice(0,w).map(E=>d(E,m));p.answers.length>M.length&&M.push(x(p.
answers.length-M.length));let L=Math.max(i.h,we(M));s.push({box:i,x:u*h,y:l+L/2});let v=l+(L-we(M))/2;for(let E of M)s.push(
{box:E,x:2*u*h,y:v+E.h/2,onto:i}),v+=E.h+_;l+=L+_}if(o.length>r){let p=x(o.length-r);s.push({box:p,x:u*h,y:l+p.h/2}),l+=
p.h+_}return s.map(p=>({...p,y:p.y-(l-_)/2}))}function y(o){let u=m=>o.filter(h=>h.kind===m).sort((h,s)=>s.answers.length-
h.answers.length),r=he.map(u),w=Math.max(...r.map(m=>m.length));return Array.from({length:w},(m,h)=>r.flatMap(s=>s.slice(
h,h+1))).flat()}function c(o,u,r,w,m){let h=o.h/2+2*_,s=(l,p)=>{let i=l.slice(0,w).map(M=>d(M,m));return l.length>w&&i.push(
x(l.length-w)),i.map(M=>(h+=M.h+_,{box:M,x:p,y:h-_-M.h/2,bus:Math.sign(p)}))};return[{box:o,x:0,y:0},...s(u,-10),...s(r,
10)]}return function(u,r,w,m){let h=wt(t,u),s=y(h.filter($=>Ot($.kind))),l=y(h.filter($=>!Ot($.kind))),p=a(h,r),{width:i}=p,
M=t.tally(u),L=g({claim:u,text:e.text[u],counts:M,who:"",head:"claim"},i);if(r<ge)return{width:i,places:c(L,s,l,m?At.lines:
5,i)};let v=($,b)=>[{box:L,x:0,y:0},...S(s,-1,$,b,p),...S(l,1,$,b,p)];if(m)return{width:i,places:v(At.lines,At.answers)};
let E=$=>{let[,b,,O]=Tt($,i);return O-b<=w/Ct},k={most:0,places:v(1,1)};for(let $ of[3,2,1]){let b=Ze.find(O=>E(v(O,$)))||
0;if(b>k.most&&(k={most:b,places:v(b,$)}),b>=4)break}return{width:i,places:k.places}}}var yt=20;function xe(t,n){let{looks:e}=t,f=ye(t),a=document.createElement("canvas").getContext("2d");return function(u,r,w,m){
let{places:h,width:s}=f(u,r,w,m),[l]=h,p=new Map(h.map(A=>[A.box,A])),i=`The dispute of: ${t.claims.text[u]}`,M=h.filter(
A=>A!==l&&!A.box.more),[L,v,E,k]=Tt(h,s),[$,b]=[E-L+2*yt,k-v+2*yt],O=Math.max(Math.min(r/$,m?1:w/b,1.15),Ct);return Y("s\
vg",{xmlns:"http://www.w3.org/2000/svg",role:"group","aria-label":i,viewBox:`${L-yt} ${v-yt} ${$} ${b}`,width:Math.round(
$*O),height:Math.round(b*O)},...M.map(A=>g(A,A.onto?p.get(A.onto):l,s)),...h.map(A=>S(A,A===l,u,s)))};function g(o,u,r){
let{colour:w,dash:m}=e[o.box.kind],h={fill:"none",stroke:z(w),"stroke-width":1.7},{path:s,head:l}=o.bus?x(o,u,r):d(o,u,r);
return Y("g",{"aria-hidden":"true"},Y("path",{d:s,...h,"stroke-dasharray":m.join(" ")||"none"}),Y("path",{d:l,fill:z(w)}))}
function d(o,u,r){let w=Math.sign(u.x-o.x),[m,h,s,l]=[o.x+w*r/2,o.y,u.x-w*r/2,u.y],p=(s-m)/2;return{path:`M${m} ${h}C${m+
p} ${h} ${s-p} ${l} ${s-w*8} ${l}`,head:`M${s} ${l}l${-w*9} -4.5v9z`}}function x(o,u,r){let[w,m]=[o.x+o.bus*r/2,u.x+o.bus*
r/2],h=o.bus*(r/2+26);return{path:`M${w} ${o.y}H${h}V${u.y}H${m+o.bus*8}`,head:`M${m} ${u.y}l${o.bus*9} -4.5v9z`}}function S({
box:o,x:u,y:r},w,m,h){let[s,l]=[u-h/2,r-o.h/2],p=o.kind&&e[o.kind],i=[o.word,o.text||o.rows[0],o.who].filter(Boolean).join(
": "),M=[y(o,p,w,s,l,h),...c(o,p,s+tt,l+tt)],L=o.premise?o.about:o.claim,v=o.more?n(m,!0):L>=0?n(L):"";return v?Y("a",{href:v,
"aria-label":i},...M):Y("g",{role:"img","aria-label":i},...M)}function y(o,u,r,w,m,h){let s=u?u.colour:"edge";return Y("\
rect",{x:w,y:m,width:h,height:o.h,rx:2,fill:z(u?`${u.colour}-tint`:"claim-tint"),stroke:z(r?"focus":s),"stroke-width":r?
3:1.2,"stroke-dasharray":o.more?"4 4":"none"})}function c(o,u,r,w){let m=[],h=w,s=(i,M,L,v,E,k,$)=>{let b={"font-size":v,
"font-weight":E,"font-family":k,fill:z($)};m.push(Y("text",{x:M,y:L,...b},i))},l=(i,M,L,v,E,k)=>{s(i,r,h+k*.76,M,L,v,E),
h+=k};o.head&&l(o.head,11.5,600,q,u?u.colour:"soft",16);for(let i of o.rows)l(i,o.more?13:14,400,o.more?q:Z,"ink",18);for(let i of o.
foot)l(i,11.5,400,q,"soft",14);let p=r;for(let[i,M]of o.counts||[]){let L=`${e[i].sign} ${M}`;s(L,p,h+15,14,700,q,e[i].colour),
a.font=`700 14px ${q}`,p+=a.measureText(L).width+10}return m}}function $e(t,n,e){let{claims:f,topics:a,states:g,looks:d,tallied:x}=t,S=s=>I("a",{href:e.hrefOf(s)},f.text[s]);function y(s){
let l=([p,i])=>I("span",{class:`ink-${d[p].colour}`},I("b",null,d[p].sign),` ${i}`,I("span",{class:"unseen"},` ${x[p]}`));
return I("span",{class:"tally"},...t.tally(s).map(l))}function c(s){return s.premise?`${s.premise}: `:s.stance&&!mt(s)?`${d[s.
stance].word} this claim`:""}function o(s){let{who:l,source:p,address:i,date:M,evidence:L,quote:v,language:E}=t.voice(s.
voice),k=p&&Xt(i)?Jt(i,p):p,$=[l,k,M,L].filter(Boolean).flatMap((A,D)=>[D?", ":"",A]),b=s.premise?s.about:s.claim,O=s.answers.
map(A=>I("li",null,...o(A)));return[ft(d[s.kind],d[gt(s)].word)," ",c(s),b>=0?S(b):t.name(s.thing),v?Qt(v,E):"",I("div",
{class:"soft"},...$),O.length?I("ul",{class:"answers"},...O):""]}function u(s){let[l,,,p]=a[t.topicOf[s]],M=["claim",f.state[s]>=
0?g[f.state[s]]:""].filter(Boolean).join(", "),L=I("a",{href:e.address({...e.HOME,topic:l})},l);return ut(M,p?", on ":",\
 among those that begin with ",L)}function r(s){return oe(n,"Path to another claim","Path to another claim",e.suggest,l=>{
let[p]=e.search(l,1);p!==void 0&&e.go({claim:s,to:p})})}function w(s,l){let p=wt(t,s),i=t.uses(s),M=E=>[ft(d[E.kind],d[E.
kind].word)," ",S(E.claim)],L=([E,k])=>{let $=p.filter(b=>k.includes(b.kind));return $.length?Et(E,...dt($,o)):[]},v=e.address(
{claim:s,map:!l,to:-1});return[u(s),I("h2",null,f.text[s]),y(s),St(I("a",{href:`#${encodeURIComponent(f.key[s])}`},"Link\
 to this"),I("a",{href:v},l?"Draw its dispute":"Show it among all claims")),r(s),...Lt.flatMap(L),...i.length?Et("It is \
held for or against",...dt(i,M)):[]]}function m(s,l,p){let i=p&&`${p.length-1} ${p.length===2?"step":"steps"} between tw\
o claims`,M=[ut("path"),I("h2",null,i||"No argument leads from one to the other"),St(I("a",{href:e.hrefOf(s)},"Back to t\
he claim"))];if(!p)return[...M,I("p",null,S(s)),I("p",null,S(l))];let L=(v,E)=>{let k=E+1<p.length&&t.near(v).get(p[E+1]),
$=k&&d[k.kind];return I("li",null,S(v),k?ft($,k.out?$.word:$.inverse,"div"):"")};return[...M,I("ol",null,...p.map(L))]}function h(s,l){
return[ut(`${J(s.length)} of ${J(t.count)} claims`),I("h2",null,l),...dt(s,p=>[S(p),y(p)])]}return{claimDetails:w,pathDetails:m,
filterDetails:h}}function Me(t,{count:n,topics:e,topicOf:f},a,g){let d=-1;function x(u){d=u,g.reach(u);let{x:r,y:w}=a.middle(u),m=(h,s)=>h>=
40&&h<=s-40;m(r,t.clientWidth)&&m(w,t.clientHeight)||a.toClaims([u],a.view.scale)}let S=u=>x(d<0?0:Math.min(Math.max(d+u,
0),n-1)),y=u=>{let r=e[f[Math.max(d,0)]+u];r&&x(r[1])},c=()=>a.zoom(1.4),o={Escape:g.leave,"+":c,"=":c,"-":()=>a.zoom(1/
1.4),Home:()=>x(0),End:()=>x(n-1),PageDown:()=>y(1),PageUp:()=>y(-1),ArrowRight:()=>S(a.blocks.rows),ArrowLeft:()=>S(-a.
blocks.rows),ArrowDown:()=>S(1),ArrowUp:()=>S(-1)};t.addEventListener("keydown",u=>{let w=u.key==="Enter"&&d>=0?()=>g.open(
d):Object.hasOwn(o,u.key)&&o[u.key];w&&(w(),u.preventDefault())})}var P=t=>Math.round(t*100)/100,tn=/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
ke=t=>String(t).replace(/[<>&"]/g,n=>`&#${n.charCodeAt(0)};`).replace(tn,"");function It(t,n,e=null){let f=Object.entries(
n).filter(([,g])=>g!==void 0),a=`<${t}${f.map(([g,d])=>` ${g}="${ke(d)}"`).join("")}`;return e===null?`${a}/>`:`${a}>${e}\
</${t}>`}var Rt=(t,n,e,f)=>({x:P(t),y:P(n),width:P(e),height:P(f)});function Se(){let t=document.createElement("canvas").
getContext("2d"),n=[],e=[],f=[],a=(x,S,y)=>n.push(It(x,{...S,opacity:d.globalAlpha},y)),g=()=>({fill:"none",stroke:d.strokeStyle,
"stroke-width":P(d.lineWidth)}),d={fillStyle:"#000",strokeStyle:"#000",lineWidth:1,globalAlpha:1,textAlign:"left",textBaseline:"\
alphabetic",font:"10px sans-serif",beginPath(){e=[]},moveTo:(x,S)=>e.push(`M${P(x)} ${P(S)}`),lineTo:(x,S)=>e.push(`${e.
length?"L":"M"}${P(x)} ${P(S)}`),closePath:()=>e.push("Z"),rect:(x,S,y,c)=>e.push(`M${P(x)} ${P(S)}h${P(y)}v${P(c)}h${P(
-y)}z`),roundRect(x,S,y,c,o){let u=Math.min(o,y/2,c/2),r=(h,s)=>`a${u} ${u} 0 0 1 ${h*u} ${s*u}`,[w,m]=[P(y-2*u),P(c-2*u)];
e.push(`M${P(x+u)} ${P(S)}h${w}${r(1,1)}v${m}${r(-1,1)}`),e.push(`h${-w}${r(-1,-1)}v${-m}${r(1,-1)}z`)},arc:(x,S,y)=>e.push(
`M${P(x-y)} ${P(S)}a${y} ${y} 0 1 0 ${2*y} 0a${y} ${y} 0 1 0 ${-2*y} 0z`),quadraticCurveTo:(x,S,y,c)=>e.push(`Q${P(x)} ${P(
S)} ${P(y)} ${P(c)}`),setLineDash(x){f=x},measureText(x){return t.font=d.font,t.measureText(x)},fill:()=>a("path",{d:e.join(
""),fill:d.fillStyle}),stroke:()=>a("path",{d:e.join(""),...g(),"stroke-dasharray":f.map(P).join(" ")||"none"}),fillRect:(x,S,y,c)=>a(
"rect",{...Rt(x,S,y,c),fill:d.fillStyle}),strokeRect:(x,S,y,c)=>a("rect",{...Rt(x,S,y,c),...g()}),fillText(x,S,y,c){let o=/^(\d+)? ?([\d.]+)px (.*)$/.
exec(d.font)||[null,"400","12","sans-serif"],[,u,r,w]=o,m=c&&d.measureText(x).width>c,h={x:P(S),y:P(y+(d.textBaseline===
"middle"?Number(r)*.35:0)),textLength:m?P(c):void 0,lengthAdjust:m?"spacingAndGlyphs":void 0,"text-anchor":{center:"midd\
le",right:"end"}[d.textAlign]||"start"},s={"font-family":w,"font-size":r,"font-weight":u||400,fill:d.fillStyle};a("text",
{...h,...s},ke(x))},text(x,S,y,c,o){let u="http://www.w3.org/2000/svg",r=[x,S,y,c].map(P).join(" "),w=It("rect",{...Rt(x,
S,y,c),fill:o}),m={width:P(y),height:P(c)};return It("svg",{xmlns:u,viewBox:r,...m},w+n.join(""))}};return d}var en=52,et=10.5,nn=8;function Ee(t,n,e,f){let{topics:a,claims:g,blocks:d,cell:x,shares:S,looks:y}=t;function c(i,M){let{
scale:L}=e.now,v=S.map(b=>z(y[b].colour)),E=Math.min(6,L*.1),[k,$]=[x*L-E,L-E];i.fillStyle=z("faint"),i.fillRect(0,0,e.wide(),
e.high());for(let b=0;b<a.length;b+=1){if(!e.isSeen(b))continue;let[,O,A]=a[b];for(let D=O;D<O+A;D+=1){let{x:F,y:j}=n(D),
[C,N]=e.to(F,j);C>=e.wide()||C+k<=0||N>=e.high()||N+$<=0||(i.globalAlpha=M&&!M[D]?.25:1,o(i,D,C,N,k,$,v))}}i.globalAlpha=
1}function o(i,M,L,v,E,k,$){i.fillStyle=z("claim-tint"),i.fillRect(L,v,E,k),i.strokeStyle=z("edge"),i.lineWidth=1,i.strokeRect(
L,v,E,k);let b=t.tally(M),O=k<28?k:Math.max(4,k*.12);u(i,b,L,v,E,k,O,$),k>=en?r(i,M,L+7,v+O+4,E-12,k-O-8,b,$):k>=O+et+4&&
w(i,b,$,L+4,v+O+(k-O)/2,E-6,et)}function u(i,M,L,v,E,k,$,b){let O=M.reduce((D,[,F])=>D+F,0),A=L;for(let[D,F]of M){let j=E*
F/O,C=$===k&&pt(D)?k/2:0;i.fillStyle=b[S.indexOf(D)],i.fillRect(A,v+C,Math.max(1,j-.5),$-C),A+=j}}function r(i,M,L,v,E,k,$,b){
let O=Math.min(15,Math.max(et,k/5.2)),A=O+4,D=O*1.18,F=Q(i,g.text[M],`400 ${O}px ${Z}`,E,Math.floor((k-A)/D));i.fillStyle=
z("ink"),m(i),F.forEach((j,C)=>h(i,j,L,v+D*(C+.5),i.measureText(j).width,O)),w(i,$,b,L,v+k-A/2+1,E,Math.max(et,O*.88))}function w(i,M,L,v,E,k,$){
m(i);let b=M.map(([O,A])=>`${y[O].sign} ${A}`);fe(i,b,`700 ${$}px ${q}`,k,$*.7,3).forEach(({text:O,x:A,width:D},F)=>{i.fillStyle=
L[S.indexOf(M[F][0])],h(i,O,v+A,E,D,$)})}function m(i){i.textAlign="left",i.textBaseline="middle"}function h(i,M,L,v,E,k){
i.fillText(M,L,v),f({text:M,pixels:k,x:L,y:v-k*.55,w:E,h:k*1.1})}function s(i){let M=d.head*e.now.scale,L=Math.min(15,Math.
max(et,M*.62));if(m(i),M<et*1.15)return p(i);i.font=`600 ${L}px ${q}`,i.fillStyle=z("ink"),a.forEach(([v],E)=>{let[k,$]=e.
to(...d.corners[E]);if($<0||$-M>e.high()||k>e.wide())return;let b=i.measureText(v).width;if(k+b<0)return;let O=l(E,k),[A]=b<=
O?[v]:Q(i,v,i.font,O,1);!A||A.length<=Math.min(3,v.length-1)||h(i,A,k,$-M*.45,i.measureText(A).width,L)})}function l(i,M){
let[L,v]=d.corners[i],E=d.corners[i+1];return i+1<a.length&&E[1]===v?(E[0]-L)*e.now.scale-6:e.wide()-M}function p(i){i.font=
`600 11px ${q}`;let M=-1/0;a.forEach(([L],v)=>{let[E,k]=d.corners[v];if(v&&d.corners[v-1][1]===k)return;let[$,b]=e.to(E,
k+d.rows/2);if(b<6||b>e.high()-6||b-M<16)return;M=b;let O=Q(i,L,i.font,e.margin()-14,1)[0]||"",A=i.measureText(O).width,
D=Math.max(5,$-A-nn);i.fillStyle=z("paper"),i.globalAlpha=.9,i.fillRect(D-3,b-7.5,A+6,15),i.globalAlpha=1,i.fillStyle=z(
"ink"),h(i,O,D,b,A,11)})}return{boxes:c,headings:s}}var[on,sn]=[.92,.16];function be(t,n){let e=z("faint"),f=(g,d)=>parseInt(g.slice(1+2*d,3+2*d),16),a=g=>Math.round(f(t,g)*
n+f(e,g)*(1-n));return(255<<24|a(2)<<16|a(1)<<8|a(0))>>>0}function Le({topics:t,claims:n,blocks:e,cell:f,shares:a,looks:g}){
let d=a.map(h=>Int32Array.from(n[h])),x=h=>d.reduce((s,l)=>s+l[h],0),S=Int32Array.from(n.text,(h,s)=>x(s)),y=a.map(pt),c=null,
o=null;function u(){let h=[...a.map(l=>z(g[l].colour)),z("edge")],s=l=>h.map(p=>be(p,l));return{ground:be(z("faint"),1),
full:s(on),pale:s(sn)}}function r(h,s,l,p){let{width:i,height:M}=h.canvas;(!o||o.width!==i||o.height!==M)&&(o=h.createImageData(
i,M));let L=new Uint32Array(o.data.buffer);c=c||u(),L.fill(c.ground);let{x:v,y:E,scale:k}=s.now,$=k*l,b=$>=3.5?1:0;for(let O=0;O<
t.length;O+=1){if(!s.isSeen(O))continue;let[,A,D]=t[O],[F,j]=[(e.corners[O][0]-v)*$,(e.corners[O][1]-E)*$];for(let C=0;C<
D;C+=1){let[N,B]=[C/e.rows|0,C%e.rows],U=Math.round(F+N*f*$),K=Math.max(U+1,Math.round(F+(N+1)*f*$)-b),kt=Math.round(j+B*
$),Ut=Math.max(kt+1,Math.round(j+(B+1)*$)-b);K<=0||U>=i||Ut<=0||kt>=M||w(L,i,M,A+C,p,U,kt,K,Ut)}}h.putImageData(o,0,0)}function w(h,s,l,p,i,M,L,v,E){
let k=i&&!i[p]?c.pale:c.full,$=S[p],b=0,O=M;for(let A=0;A<=a.length;A+=1){let D=A===a.length;b+=D?0:d[A][p];let F=D?v:$?
M+Math.round((v-M)*b/$):M;if(F<=O)continue;let j=D?E-1:y[A]?L+(E-L>>1):L,C=k[A],N=O<0?0:O,B=F>s?s:F;for(let U=j<0?0:j;U<
E&&U<l;U+=1)for(let K=U*s+N;K<U*s+B;K+=1)h[K]=C;O=F}}return{draw:r,recolour:()=>{c=null}}}function ve(t,n,e,f){let a=new Map,g=0,d=y=>{let{left:c,top:o}=t.getBoundingClientRect();return[y.clientX-c,y.clientY-o]};
t.addEventListener("pointerdown",y=>{a.set(y.pointerId,d(y)),g=a.size>1?1/0:0,t.setPointerCapture(y.pointerId)}),t.addEventListener(
"pointermove",y=>{let[c,o]=d(y),u=a.get(y.pointerId);if(!u)return e(c,o);let[r,w]=[c-u[0],o-u[1]];g+=Math.abs(r)+Math.abs(
w);let m=[...a].filter(([h])=>h!==y.pointerId);if(a.set(y.pointerId,[c,o]),m.length)return x(u,[c,o],m[0][1]);g>4&&n.pan(
r,w)});function x(y,c,o){let u=([r,w])=>Math.hypot(r-o[0],w-o[1])||1;n.zoom(u(c)/u(y),(c[0]+o[0])/2,(c[1]+o[1])/2)}let S=y=>{
a.delete(y.pointerId)&&y.type==="pointerup"&&g<=4&&f(...d(y))};t.addEventListener("pointerup",S),t.addEventListener("poi\
ntercancel",S),t.addEventListener("pointerleave",()=>e(-1,-1)),t.addEventListener("wheel",y=>{y.preventDefault(),n.zoom(
Math.exp(-y.deltaY*(y.deltaMode?.05:.002)),...d(y))},{passive:!1})}var rn=12,cn=44;function Oe(t,n){let{looks:e,cell:f}=t;function a(c,o,u){o.length?o.slice(1).forEach((r,w)=>d(c,o[w],r,t.
near(o[w]).get(r))):u>=0&&g(c,u),c.setLineDash([])}function g(c,o){let u=t.near(o);if(u.size<=rn)for(let[r,w]of u)d(c,o,
r,w)}function d(c,o,u,{kind:r,out:w}){let[m,h]=[n.middle(o),n.middle(u)],[s,l]=w?[m,h]:[h,m],p=e[r],i={x:(s.x+l.x)/2+(l.
y-s.y)*.12,y:(s.y+l.y)/2-(l.x-s.x)*.12};c.strokeStyle=c.fillStyle=z(p.colour),c.lineWidth=2,c.setLineDash(p.dash),c.beginPath(),
c.moveTo(s.x,s.y),c.quadraticCurveTo(i.x,i.y,l.x,l.y),c.stroke(),x(c,l,Math.atan2(l.y-i.y,l.x-i.x)),!(Math.hypot(l.x-s.x,
l.y-s.y)<cn)&&S(c,p,s.x/4+i.x/2+l.x/4,s.y/4+i.y/2+l.y/4)}function x(c,{x:o,y:u},r){c.setLineDash([]),c.beginPath(),c.moveTo(
o,u);for(let w of[-.4,.4])c.lineTo(o-9*Math.cos(r+w),u-9*Math.sin(r+w));c.fill()}function S(c,o,u,r){c.beginPath(),c.arc(
u,r,8,0,2*Math.PI),c.fillStyle=z("paper"),c.fill(),c.lineWidth=1.2,c.stroke(),c.fillStyle=z(o.colour),c.font=`700 12px ${q}`,
c.textAlign="center",c.textBaseline="middle",c.fillText(o.sign,u,r+.5),c.textAlign="left"}function y(c,o,u){if(o<0)return;
let{x:r,y:w}=n.middle(o),[m,h]=[Math.max(7,f*n.now.scale),Math.max(7,n.now.scale)];for(let[s,l]of[["paper",5],[u,2.5]])c.
strokeStyle=z(s),c.lineWidth=l,c.strokeRect(r-m/2-1,w-h/2-1,m+2,h+2)}return{threads:a,ring:y}}function Ae(t,{topics:n,blocks:e,cell:f},a,g){let d={x:0,y:0,scale:1},x=()=>t.clientWidth,S=()=>t.clientHeight,y=()=>e.named&&
x()>=600?12:Math.min(92,x()*.2),c=()=>Math.min((x()-y()-12)/e.width,(S()-24)/e.height),o=()=>Math.max(190,c()),u=E=>Math.
ceil(n[E][2]/e.rows);function r(E,k,$,b=x()/2,O=S()/2){d.scale=Math.min(Math.max(E,c()*.8),o()),d.x=k-b/d.scale,d.y=$-O/
d.scale,g()}let w=(E,k)=>({x:d.x+E/d.scale,y:d.y+k/d.scale}),m=(E,k)=>[(E-d.x)*d.scale,(k-d.y)*d.scale],h=()=>r(c(),e.width/
2,e.height/2,(x()+y()-12)/2);function s(E,k=x()/2,$=S()/2){let{x:b,y:O}=w(k,$);r(d.scale*E,b,O,k,$)}function l(E,k){d.x-=
E/d.scale,d.y-=k/d.scale,g()}function p(E){let[k,$]=e.corners[E],b=u(E)*f,O=Math.min((x()-60)/b,(S()-80)/(e.rows+e.head));
r(Math.min(O,110),k+b/2,$+(e.rows-e.head)/2)}function i(E,k=0){let $=E.map(a),[b,O]=[$.map(({x:N})=>N),$.map(({y:N})=>N)],
[A,D,F,j]=[Math.min(...b),Math.max(...b)+f,Math.min(...O),Math.max(...O)+1],C=Math.min((x()-60)/(D-A),(S()-60)/(j-F),90);
r(Math.max(C,k),(A+D)/2,(F+j)/2)}function M(E){let[k,$]=m(...e.corners[E]),b=u(E)*f*d.scale;return k<x()&&k+b>0&&$<S()&&
$+e.rows*d.scale>0}function L(E){let{x:k,y:$}=a(E),[b,O]=m(k+f/2,$+.5);return{x:b,y:O}}function v(E,k){let{x:$,y:b}=w(E,
k);for(let O=0;O<n.length;O+=1){let[,A,D]=n[O],[F,j]=e.corners[O],[C,N]=[Math.floor(($-F)/f),Math.floor(b-j)],B=C*e.rows+
N;if(C>=0&&N>=0&&N<e.rows&&B<D)return{claim:A+B,topic:O};if(b<j&&b>j-e.head&&$>=F&&$<F+Math.max(f,u(O)*f))return{claim:-1,
topic:O}}return{claim:-1,topic:-1}}return{now:d,wide:x,high:S,margin:y,to:m,fit:h,zoom:s,pan:l,toTopic:p,toClaims:i,isSeen:M,
middle:L,hit:v}}var an=15;function Ce(t,n,e){let f={},a={...n,blocks:f},{topics:g,cell:d,topicOf:x,places:S}=a,y=t.getContext("2d"),c={lit:null,
path:[],chosen:-1},o=-1,u=[],r=0,w=C=>{let N=x[C],B=C-g[N][1],[U,K]=f.corners[N];return{x:U+Math.floor(B/f.rows)*d,y:K+B%
f.rows}},m=C=>Object.assign(f,S[C.clientWidth<C.clientHeight?1:0]),h=()=>{r=r||requestAnimationFrame(L)},s=Ae(t,a,w,h),l=Le(
a),p=Ee(a,w,s,C=>u.push(C)),{threads:i,ring:M}=Oe(a,s);function L(){r=0;let C=Math.min(devicePixelRatio||1,2),[N,B]=[Math.
round(s.wide()*C),Math.round(s.high()*C)];if((t.width!==N||t.height!==B)&&([t.width,t.height]=[N,B]),!N||!B)return;u=[],
y.setTransform(1,0,0,1,0,0);let U=s.now.scale<an;U&&l.draw(y,s,C,c.lit),y.setTransform(C,0,0,C,0,0),U||p.boxes(y,c.lit),
v(y)}function v(C){p.headings(C),i(C,c.path,o>=0?o:c.chosen),M(C,o,"ink"),M(C,c.chosen,"focus")}function E(){let C=Se();
return p.boxes(C,c.lit),v(C),C.text(0,0,s.wide(),s.high(),z("faint"))}ve(t,s,(C,N)=>{let{claim:B}=s.hit(C,N);B!==o&&(o=B,
e.point(B),h())},(C,N)=>e.choose(s.hit(C,N))),it(()=>{l.recolour(),h()});function k({lit:C=null,path:N=[],chosen:B=-1}){
c={lit:C,path:N,chosen:B},h()}let $=()=>({scale:s.now.scale,labels:u,corners:{x:s.now.x,y:s.now.y}}),{fit:b,zoom:O,pan:A,
toTopic:D,toClaims:F,middle:j}=s;return{blocks:f,shape:m,draw:L,svg:E,show:k,drawn:$,view:s.now,fit:b,zoom:O,pan:A,toTopic:D,
toClaims:F,middle:j}}var xt=["topic","relation","who","source","stance","standing","since","until"],ln=t=>Number((/\d{4}/.exec(t)||[""])[0])||
null;function Te(t){let{claims:n,count:e,topics:f,topicOf:a,states:g,stances:d,said:x,name:S}=t,y=null;function c(r,w){y=
y||n.text.map(l=>l.toLowerCase());let m=r.trim().toLowerCase(),[h,s]=[[],[]];if(!m)return[];for(let l=0;l<e&&h.length<w;l+=
1){let p=n.key[l]===m?0:y[l].indexOf(m);p===0?h.push(l):p>0&&s.length<w&&s.push(l)}return h.sort((l,p)=>y[l].length-y[p].
length||l-p),[...h,...s].slice(0,w)}function o({who:r,source:w,stance:m,since:h,until:s}){return l=>{if(r&&S(x.agent[l])!==
r||w&&S(x.source[l])!==w||m&&d[x.stance[l]]!==m)return!1;if(!(h||s))return!0;let p=ln(x.date[l]);return p&&!(h&&p<Number(
h))&&!(s&&p>Number(s))}}function u(r){if(!xt.some($=>r[$]))return null;let{topic:w,relation:m,standing:h,who:s,source:l,
stance:p,since:i,until:M}=r,L=new Uint8Array(e).fill(1),v=$=>{for(let b=0;b<e;b+=1)$(b)||(L[b]=0)};if(w&&v($=>f[a[$]][0]===
w),m&&v($=>n[m][$]),h&&v($=>g[n.state[$]]===h),!(s||l||p||i||M))return L;let E=o(r),k=new Uint8Array(e);return x.claim.forEach(
($,b)=>{!k[$]&&E(b)&&(k[$]=1)}),L.map(($,b)=>$&k[b])}return{search:c,fitting:u}}function Dt(t,n){let e=new Int32Array(n+2);for(let a of t)a>=0&&(e[a+2]+=1);for(let a=2;a<e.length;a+=1)e[a]+=e[a-1];let f=new Int32Array(
e[n+1]);return t.forEach((a,g)=>{a>=0&&(f[e[a+1]++]=g)}),a=>f.subarray(e[a],e[a+1])}var un={who:"",source:"",date:"",quote:"",
language:"",address:""};function Ie(t){let{topics:n,claims:e,said:f,lines:a,names:g,addresses:d,kinds:x,shares:S}=t,y=e.
text.length,c=new Int32Array(y);n.forEach(([,l,p],i)=>c.fill(i,l,l+p));let o={saidOf:Dt(f.claim,y),linesTo:Dt(a.to,y),linesBy:Dt(
a.by,y)},u=l=>S.map(p=>[p,e[p][l]]).filter(([,p])=>p),r=l=>l>=0?g[l]:"";function w(l){if(l<0)return un;let p=f.source[l];
return{who:r(f.agent[l]),source:r(p),address:p>=0?d[p]:"",date:f.date[l],quote:f.quote[l],language:f.language[l],evidence:r(
f.evidence[l])}}let m=l=>Array.from(o.linesBy(l),p=>({kind:x[a.kind[p]],claim:a.to[p]})).filter(p=>p.claim>=0&&p.claim!==
l);function h(l){let p=new Map,i=(M,L,v)=>{M>=0&&p.set(M,{kind:x[a.kind[L]],out:v})};for(let M of o.linesTo(l))i(a.by[M],
M,!1);for(let M of o.linesBy(l))i(a.to[M],M,!0);return p.delete(l),p}function s(l,p){let i=new Int32Array(y).fill(-1);i[l]=
l;let M=[l];for(;M.length&&i[p]<0;){let v=[];for(let E of M)for(let k of h(E).keys())i[k]>=0||(i[k]=E,v.push(k));M=v}if(i[p]<
0)return null;let L=[p];for(;L[0]!==l;)L.unshift(i[L[0]]);return L}return{...t,...o,count:y,topicOf:c,tally:u,name:r,voice:w,
uses:m,near:h,path:s}}var R=Kt("o_"),H=Ie(ct(R("data"))),{claims:nt,topics:zt,names:Re,said:fn}=H,{search:jt,fitting:De}=Te(H),ot=te(R,xt),{read:Pe,
write:dn,NONE:$t,HOME:X,numbered:hn,topicAt:Ne,isKnown:pn}=le(H,ot),T=Pe(),Mt=t=>dn({...T,...t}),G=t=>{location.hash=Mt(
t)},ze=(t,n=!1)=>Mt({...$t,claim:t,open:n}),Bt=R("map");function Fe(t){R("hover").hidden=!t,R("hover").textContent=t}var W=Ce(
Bt,H,{choose({claim:t,topic:n}){t>=0?G({...$t,claim:t}):n>=0&&G({...X,topic:zt[n][0]})},point:t=>Fe(t<0?"":`${nt.text[t]}\
 (${zt[H.topicOf[t]][0]})`)}),mn=xe(H,ze);function Wt(){let t=R("closeup"),[n,e]=[t.clientWidth-16,t.clientHeight-16];t.
replaceChildren(mn(T.claim,n,e,T.open)),t.scrollLeft=(t.scrollWidth-t.clientWidth)/2,t.scrollTop=n<700||T.open?0:(t.scrollHeight-
t.clientHeight)/2}function je(t){let n=([f])=>t&&f.toLowerCase().startsWith(t.toLowerCase()),e=zt.filter(n).slice(0,4);ee(
R,[...e.map(([f])=>f),...jt(t,12).map(f=>nt.text[f])])}var Pt=$e(H,R,{address:Mt,hrefOf:ze,go:G,HOME:X,suggest:je,search:jt});
function gn(t,n){return T.claim>=0&&T.to>=0?Pt.pathDetails(T.claim,T.to,t):T.claim>=0?Pt.claimDetails(T.claim,T.map):n?Pt.
filterDetails(n,ot.words(T,e=>T[e])):[]}function wn(t){let n=Yt(T.unknown,"what is not here"),f=(T.claim>=0?`Details: ${nt.
text[T.claim]}`:"")||(t?`${J(t.length)} claims fit`:"");ht(R,n||f,!!n)}var yn=t=>{let n=new Uint8Array(H.count);for(let e of t)
n[e]=1;return n},Be=t=>[t,...H.near(t).keys()],xn=t=>[...t.keys()].filter(n=>t[n]),st=null;function We(){T=Pe();let t=De(
T),e=T.claim>=0&&T.to>=0?H.path(T.claim,T.to):null,f=t&&T.claim<0?xn(t):null;Zt(R,gn(e,f)),ot.show(T),R("clear").hidden=
!ot.isAsked(T)&&T.claim<0;let a=T.claim>=0&&T.to<0&&!T.map;if(R("closeup").hidden=!a,R("frame").hidden=a,a)Wt();else{let g=e||
(T.claim>=0&&T.map?Be(T.claim):null);W.show({lit:g?yn(g):t,path:e||[],chosen:T.claim}),Ue(e,f)}st=T,wn(f)}function Ue(t,n){
let e=xt.some(f=>!st||st[f]!==T[f]);t?W.toClaims(t):T.claim>=0?W.toClaims(Be(T.claim)):T.topic?W.toTopic(Ne.get(T.topic)):
(e||!st||st.claim>=0)&&W.fit(),n&&n.length===1&&W.toClaims(n,40)}var qe=t=>ht(R,`Nothing is called “${t}”.`,!0);_t(t=>hn.
has(t),()=>{let t=document.activeElement;We();let n=t&&(t===R("find")||t.matches("a")||!t.isConnected||t===document.body);
T.claim>=0&&n&&R("panel").focus()});ne(R,je,t=>{if(Ne.has(t))return G({...X,topic:t});let[n]=jt(t,1);if(n!==void 0)return G(
{...X,claim:n});let e=Re.find(f=>f.toLowerCase().includes(t.toLowerCase()));if(!e)return qe(t);G({...X,[fn.agent.some(f=>Re[f]===
e)?"who":"source"]:e})});ot.onChoice((t,n)=>{let e=n.trim();e&&!pn[t](e)?qe(e):G({...$t,[t]:e})});R("clear").addEventListener(
"click",()=>G(X));R("bar").addEventListener("submit",t=>t.preventDefault());R("closer").addEventListener("click",()=>W.zoom(
1.6));R("farther").addEventListener("click",()=>W.zoom(1/1.6));var Ft=()=>ce(T.claim>=0?nt.text[T.claim]:T.topic||document.
title),He=()=>R("closeup").querySelector("svg"),Ge=t=>new XMLSerializer().serializeToString(t);R("png").addEventListener(
"click",()=>{let t=He();return R("closeup").hidden?(W.draw(),bt(Bt,Ft())):ie(Ge(t),t.clientWidth,t.clientHeight,Ft())});
R("svg").addEventListener("click",()=>re(R("closeup").hidden?W.svg():Ge(He()),Ft()));Me(Bt,H,W,{leave:()=>G(X),open:t=>G(
{...$t,claim:t}),reach(t){W.show({lit:De(T),chosen:t}),Fe(nt.text[t]);let n=H.tally(t).map(([e,f])=>`${f} ${H.tallied[e]}`);
ht(R,`${nt.text[t]}; ${n.join(", ")||"nothing is said to it"}`)}});it(()=>{R("closeup").hidden||Wt()});var Nt="";new ResizeObserver(
()=>{let t=`${R("stage").clientWidth} ${R("stage").clientHeight}`;if(t===Nt)return;let n=!Nt;if(Nt=t,!n){if(W.shape(R("s\
tage")),!R("closeup").hidden)return Wt();Ue(null,null),T.claim<0&&!T.topic&&W.fit()}}).observe(R("stage"));ue(R,ot,H);R(
"bar").hidden=R("key").hidden=!1;R("key").open=innerWidth>900;for(let t of R("start").querySelectorAll("a[data-topic]"))
t.href=Mt({...X,topic:t.dataset.topic});W.shape(R("stage"));We();window.graphDrawn=()=>({...W.drawn(),state:T});window.graphMapNow=
W;document.documentElement.dataset.ready="yes";})();
