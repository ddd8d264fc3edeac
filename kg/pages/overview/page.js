/* Script of a page, built from kg/pages/scripts/overview/ */
"use strict";
(()=>{function Ut(t){try{return decodeURIComponent(t)}catch{return t}}function qt(){let[t,...n]=location.hash.slice(1).split("&");return{key:Ut(t),fields:new URLSearchParams(n.join("&"))}}function Ht(t,n){
let e=n.toString(),f=t===null;return`#${f?"":encodeURIComponent(t)}${e||f?"&":""}${e}`}function Gt(t,n){let e=t.map(f=>`\
“${f}”`).join(", ");return e&&`The address names ${n}; left out: ${e}.`}function Yt(t,n){addEventListener("hashchang\
e",()=>{let e=Ut(location.hash.slice(1));e&&!t(e.split("&")[0])&&document.getElementById(e)||n()})}var Ge=getComputedStyle(document.documentElement),it=new Map;function z(t){return it.has(t)||it.set(t,Ge.getPropertyValue(
`--${t}`).trim()),it.get(t)}function ct(t){matchMedia("(prefers-color-scheme: dark)").addEventListener("change",()=>{it.
clear(),t()})}var _t=t=>n=>document.getElementById(`${t}${n}`),at=t=>JSON.parse(t.textContent);function I(t,n,...e){let f=document.createElement(
t);for(let[a,g]of Object.entries(n||{}))g&&f.setAttribute(a,g);return f.append(...e.filter(a=>a!==""&&a!=null)),f}function Y(t,n,...e){
let f=document.createElementNS("http://www.w3.org/2000/svg",t);for(let[a,g]of Object.entries(n))f.setAttribute(a,g);return f.
append(...e),f}var lt=t=>t.map(n=>I("option",{value:String(n)},String(n)));var ut=60,Kt=500,Vt=t=>/^https?:\/\//i.test(t),Ye=t=>t&&!/^en\b/i.test(t)?t:"",J=t=>t.toLocaleString("en"),ft=(...t)=>I(
"p",{class:"kicker"},...t),kt=(...t)=>I("p",{class:"actions"},...t),Xt=(t,n)=>I("a",{href:t,rel:"noreferrer"},n),St=(t,...n)=>n.
length?[I("h3",null,t),...n]:[],dt=(t,n,e="span")=>I(e,{class:`verb ink-${t.colour}`},`${t.sign} ${n}`.trim()),Jt=(t,n,...e)=>I(
"blockquote",null,I("p",{lang:Ye(n)},`“${t}”`),...e);function ht(t,n){let e=d=>I("li",null,...n(d)),f=I("ul",null,...t.
slice(0,ut).map(e));if(t.length<=ut)return[f];let a=I("button",{type:"button",class:"more"},`and ${J(t.length-ut)} more`),
g=ut;return a.addEventListener("click",()=>{f.append(...t.slice(g,g+Kt).map(e)),g+=Kt,a.textContent=`and ${J(t.length-g)}\
 more`,a.hidden=g>=t.length}),[f,a]}function Qt(t,n){t("details").replaceChildren(...n),t("details").hidden=!n.length,t(
"start").hidden=!!n.length,t("panel").scrollTop=0}function pt(t,n,e=!1){t("status").textContent=n,t("status").classList.
toggle("unseen",!e)}var _e=["since","until"];function Zt(t,n){let e=Object.fromEntries(n.map(i=>[i,""])),f=i=>n.some(o=>i[o]),a=(i,o)=>_e.includes(
i)?`${i} ${o}`:o;function g(i){for(let o of n)t(o).value=i[o]}function d(i,o){for(let u of n)o[u]&&i.set(u,o[u])}function x(i,o){
return n.filter(u=>i[u]).map(u=>a(u,o(u))).join(", ")}function S(i){for(let o of n)t(o).addEventListener("change",({target:u})=>i(
o,u.value))}return{fields:n,none:e,isAsked:f,show:g,write:d,words:x,onChoice:S,hide:(i,o)=>{t(i).parentElement.hidden=o}}}var te=(t,n)=>t("names").replaceChildren(...n.map(e=>I("option",{value:e})));function ee(t,n,e){t("find").addEventListener(
"input",({target:f})=>n(f.value)),t("find").addEventListener("change",({target:f})=>{let a=f.value.trim();a&&e(a)})}function ne(t,n,e,f,a){
let g=t("names").id,d=I("input",{type:"search",list:g,autocomplete:"off","aria-label":n,placeholder:e});return d.addEventListener(
"input",()=>f(d.value)),d.addEventListener("change",()=>a(d.value)),I("div",{class:"path"},d)}function oe(t,n){let e=document.createElement("a");e.href=URL.createObjectURL(t),e.download=n,document.body.append(e),e.
click(),e.remove(),setTimeout(()=>URL.revokeObjectURL(e.href),6e4)}var se=(t,n)=>oe(new Blob([t],{type:"image/svg+xml"}),
`${n}.svg`),Et=(t,n)=>new Promise(e=>{t.toBlob(f=>{oe(f,`${n}.png`),e()},"image/png")});async function re(t,n,e,f){let a=new Image;
a.src=`data:image/svg+xml;charset=utf-8,${encodeURIComponent(t)}`,await a.decode();let g=document.createElement("canvas"),
d=Math.min(2,8e3/Math.max(n,e));return[g.width,g.height]=[Math.ceil(n*d),Math.ceil(e*d)],g.getContext("2d").drawImage(a,
0,0,g.width,g.height),Et(g,f)}var ie=t=>t.toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(/^-|-$/g,"").slice(0,60)||"gr\
aph";var ce=t=>/^\d{4}$/.test(t);function ae({claims:t,topics:n,shares:e,states:f,stances:a,names:g},d){let x=new Map(t.key.map(
(r,w)=>[r,w])),S=new Map(n.map(([r],w)=>[r,w])),y={topic:r=>S.has(r),relation:r=>e.includes(r),standing:r=>f.includes(r),
stance:r=>a.includes(r),who:r=>g.includes(r),source:r=>g.includes(r),since:ce,until:ce};function i(){let{key:r,fields:w}=qt(),
m=[...d.fields,"to","open","show"],h=[...w.keys()].filter(p=>!m.includes(p)),s=(p,c)=>c?x.has(c)?x.get(c):(h.push(`${p} ${c}`.
trim()),-1):-1,l={claim:s("",r),to:s("to",w.get("to")),open:w.has("open"),map:w.get("show")==="map",unknown:h};for(let p of d.
fields){let c=w.get(p)||"",M=!c||y[p](c);M||h.push(`${p} ${c}`),l[p]=M?c:""}return l}function o(r){let w=new URLSearchParams,
m=r.claim>=0;return m&&r.to>=0&&w.set("to",t.key[r.to]),m&&r.open&&w.set("open","1"),m&&r.map&&w.set("show","map"),d.write(
w,r),Ht(m?t.key[r.claim]:null,w)}let u={claim:-1,to:-1,open:!1,map:!1};return{read:i,write:o,NONE:u,HOME:{...u,...d.none},
numbered:x,topicAt:S,isKnown:y}}var Ke=20;function le(t,n,e){let{topics:f,shares:a,states:g,stances:d,said:x,names:S,looks:y,tallied:i}=e,o=r=>I("option",
{value:r},`${y[r].sign} ${i[r]}`);t("topic").append(...lt(f.map(([r])=>r))),t("relation").append(...a.map(o)),t("standin\
g").append(...lt([...g].sort())),t("stance").append(...lt(d.filter((r,w)=>x.stance.includes(w)))),n.hide("standing",!g.length),
n.hide("stance",!x.stance.length);for(let[r,w]of Object.entries({who:x.agent,source:x.source})){let m=[...new Set(w)].filter(
h=>h>=0).map(h=>S[h]).sort();n.hide(r,!m.length),t(r).addEventListener("input",()=>{let h=t(r).value.toLowerCase(),s=m.filter(
l=>l.toLowerCase().includes(h)).slice(0,Ke);t(`${r}_names`).replaceChildren(...s.map(l=>I("option",{value:l})))})}let u=x.
date.some(r=>/\d{4}/.test(r));for(let r of["since","until"])n.hide(r,!u)}var q="Helvetica Neue, Helvetica, Arial, Liberation Sans, dv, nt, sans-serif",Z="Georgia, Times New Roman, Liberation Se\
rif, dvs, nts, serif";function Q(t,n,e,f,a){t.font=e;let g=[],d="";for(let S of n.split(/(?<=_)|\s+/)){let y=d&&!d.endsWith(
"_")?" ":"";if(t.measureText(d+y+S).width<=f){d+=y+S;continue}for(d&&g.push(d);g.length<=a&&t.measureText(S).width>f&&S.
length>1;){let i=S.length-1;for(;i>1&&t.measureText(S.slice(0,i)).width>f;)i-=1;g.push(S.slice(0,i)),S=S.slice(i)}if(d=S,
g.length>a)break}if(d&&g.push(d),g.length<=a)return g;let x=g[a-1]||"";for(;x&&t.measureText(`${x}…`).width>f;)x=x.slice(
0,-1);return a?[...g.slice(0,a-1),`${x.replace(/[\s,;:.(]+$/,"")}…`]:[]}function ue(t,n,e,f,a,g){t.font=e;let d=n.map(
i=>t.measureText(i).width),x=f-d.reduce((i,o)=>i+o,0),S=Math.min(a,x/Math.max(1,n.length-1));if(S<g)return[];let y=0;return n.
map((i,o)=>{let u={text:i,x:y,width:d[o]};return y+=d[o]+S,u})}var fe=document.getElementById("vocabulary"),Ve={stances:{affirms:"supports",denies:"opposes",doubts:"doubts","no eviden\
ce":"no evidence","stance not stated":"stance not stated"},plain:"affirms",arguments:["supports","opposes","undercuts","\
qualifies","direction not stated"],turned:{opposes:{doubts:"doubts"}},groups:[["For it",["supports"]],["Against it",["op\
poses"]],["Doubting it",["doubts"]],["On the evidence",["undercuts"]],["Limiting it",["qualifies"]],["Finding no evidenc\
e",["no evidence"]],["Neither for nor against",["stance not stated","direction not stated"]]],pro:["supports"],low:["opp\
oses","doubts","undercuts"],unstated:{argument:"direction not stated",statement:"stance not stated"}},V={...Ve,...fe&&at(
fe)},Xe=Object.keys(V.stances),Dn=V.plain,Lt=V.groups,de=Lt.flatMap(([,t])=>t),Pn=new Set([...V.arguments,...Xe]),he=(t,n)=>V.
turned[t]?.[n]??t,bt=t=>V.stances[t],At=t=>V.pro.includes(t),mt=t=>V.low.includes(t);var tt=({kind:t,stance:n})=>!!n&&bt(n)===t;function pe({claims:t,looks:n,voice:e,name:f},a){if(a.claim>=0)return t.text[a.
claim];if(a.premise)return`${a.premise}: ${t.text[a.about]}`;let g=e(a.voice);return a.stance&&!tt(a)?`${n[a.stance].word}\
 this claim${g.quote&&": "}${g.quote}`:g.quote||f(a.thing)||g.who||g.source||"somebody not named"}function gt({lines:t,said:n,
kinds:e,looks:f,stances:a,saidOf:g,linesTo:d},x){let S=[],[y,i]=[new Map,new Map],o=m=>(S.push(m),m);for(let m of Array.
from(d(x)).sort((h,s)=>h-s)){let h=o(u(m));y.set(m,h),h.voice>=0&&!i.has(h.voice)&&i.set(h.voice,h)}for(let m of g(x))i.
has(m)||i.set(m,o(r(m)));function u(m){let h=t.voice[m],s=h>=0?a[n.stance[h]]:"",l=e[t.kind[m]],p={kind:l,claim:t.by[m],
voice:h,thing:t.thing[m],on:t.on[m],answers:[]};return s&&n.claim[h]===x?{...p,kind:he(l,s),claim:-1,stance:s}:s&&p.claim<
0?{...p,premise:f[s].word,about:n.claim[h]}:p}function r(m){let h=a[n.stance[m]];return{kind:bt(h),stance:h,claim:-1,voice:m,
thing:-1,on:-1,answers:[]}}function w({on:m}){return m>=0?y.get(m):m<-1?i.get(-2-m):null}return Je(S,w)}function Je(t,n){
let e=t.filter(g=>{let d=n(g);return!d||d===g?!0:(d.answers.push(g),!1)}),f=new Set,a=g=>{f.has(g)||(f.add(g),g.answers.
forEach(a))};e.forEach(a);for(let g of t)f.has(g)||(e.push(g),a(g));return e}var et=10,vt=.9,_=14,me=700,Qe=[12,11,10,9,8,7,6,5,4,3,2,1],Ot={lines:400,answers:12},ge=t=>t.reduce((n,{h:e})=>n+e+_,-_);
function Ct(t,n){let[e,f]=[t.map(({x:g})=>g),n/2],a=g=>t.map(({y:d,box:x})=>d+g*x.h/2);return[Math.min(...e)-f,Math.min(
...a(-1)),Math.max(...e)+f,Math.max(...a(1))]}function we(t){let{looks:n,claims:e}=t,f=document.createElement("canvas").
getContext("2d");function a(o,u){return u<me?{width:u-92,column:0}:o.some(r=>r.answers.length)?{width:178,column:236}:{width:230,
column:330}}function g(o,u){let r=u-2*et-4,w=Q(f,o.text,`400 14px ${Z}`,r,4),m=o.who?Q(f,o.who,`400 11.5px ${q}`,r,2):[],
h=o.kind?n[tt(o)?o.stance:o.kind].word:"",s=o.head||(o.kind?`${n[o.kind].sign} ${h}`:""),l=2*et+(s?16:0)+w.length*18+m.length*
14+(o.counts?20:0);return{...o,rows:w,foot:m,word:h,head:s,h:l}}function d(o,u){let r=t.voice(o.voice),w=pe(t,o),h=[...new Set(
[r.who,r.source,r.date])].filter(s=>s&&s!==w).join(", ");return g({...o,text:w,who:h},u)}function x(o){return{more:!0,claim:-1,
text:"",rows:[`and ${o.toLocaleString("en")} more`],foot:[],head:"",h:2*et+18}}function S(o,u,r,w,{width:m,column:h}){let s=[],
l=0;for(let p of o.slice(0,r)){let c=d(p,m),M=p.answers.slice(0,w).map(E=>d(E,m));p.answers.length>M.length&&M.push(x(p.
answers.length-M.length));let b=Math.max(c.h,ge(M));s.push({box:c,x:u*h,y:l+b/2});let A=l+(b-ge(M))/2;for(let E of M)s.push(
{box:E,x:2*u*h,y:A+E.h/2,onto:c}),A+=E.h+_;l+=b+_}if(o.length>r){let p=x(o.length-r);s.push({box:p,x:u*h,y:l+p.h/2}),l+=
p.h+_}return s.map(p=>({...p,y:p.y-(l-_)/2}))}function y(o){let u=m=>o.filter(h=>h.kind===m).sort((h,s)=>s.answers.length-
h.answers.length),r=de.map(u),w=Math.max(...r.map(m=>m.length));return Array.from({length:w},(m,h)=>r.flatMap(s=>s.slice(
h,h+1))).flat()}function i(o,u,r,w,m){let h=o.h/2+2*_,s=(l,p)=>{let c=l.slice(0,w).map(M=>d(M,m));return l.length>w&&c.push(
x(l.length-w)),c.map(M=>(h+=M.h+_,{box:M,x:p,y:h-_-M.h/2,bus:Math.sign(p)}))};return[{box:o,x:0,y:0},...s(u,-10),...s(r,
10)]}return function(u,r,w,m){let h=gt(t,u),s=y(h.filter($=>At($.kind))),l=y(h.filter($=>!At($.kind))),p=a(h,r),{width:c}=p,
M=t.tally(u),b=g({claim:u,text:e.text[u],counts:M,who:"",head:"claim"},c);if(r<me)return{width:c,places:i(b,s,l,m?Ot.lines:
5,c)};let A=($,L)=>[{box:b,x:0,y:0},...S(s,-1,$,L,p),...S(l,1,$,L,p)];if(m)return{width:c,places:A(Ot.lines,Ot.answers)};
let E=$=>{let[,L,,O]=Ct($,c);return O-L<=w/vt},k={most:0,places:A(1,1)};for(let $ of[3,2,1]){let L=Qe.find(O=>E(A(O,$)))||
0;if(L>k.most&&(k={most:L,places:A(L,$)}),L>=4)break}return{width:c,places:k.places}}}var wt=20;function ye(t,n){let{looks:e}=t,f=we(t),a=document.createElement("canvas").getContext("2d");return function(u,r,w,m){
let{places:h,width:s}=f(u,r,w,m),[l]=h,p=new Map(h.map(v=>[v.box,v])),c=`The dispute of: ${t.claims.text[u]}`,M=h.filter(
v=>v!==l&&!v.box.more),[b,A,E,k]=Ct(h,s),[$,L]=[E-b+2*wt,k-A+2*wt],O=Math.max(Math.min(r/$,m?1:w/L,1.15),vt);return Y("s\
vg",{xmlns:"http://www.w3.org/2000/svg",role:"group","aria-label":c,viewBox:`${b-wt} ${A-wt} ${$} ${L}`,width:Math.round(
$*O),height:Math.round(L*O)},...M.map(v=>g(v,v.onto?p.get(v.onto):l,s)),...h.map(v=>S(v,v===l,u,s)))};function g(o,u,r){
let{colour:w,dash:m}=e[o.box.kind],h={fill:"none",stroke:z(w),"stroke-width":1.7},{path:s,head:l}=o.bus?x(o,u,r):d(o,u,r);
return Y("g",{"aria-hidden":"true"},Y("path",{d:s,...h,"stroke-dasharray":m.join(" ")||"none"}),Y("path",{d:l,fill:z(w)}))}
function d(o,u,r){let w=Math.sign(u.x-o.x),[m,h,s,l]=[o.x+w*r/2,o.y,u.x-w*r/2,u.y],p=(s-m)/2;return{path:`M${m} ${h}C${m+
p} ${h} ${s-p} ${l} ${s-w*8} ${l}`,head:`M${s} ${l}l${-w*9} -4.5v9z`}}function x(o,u,r){let[w,m]=[o.x+o.bus*r/2,u.x+o.bus*
r/2],h=o.bus*(r/2+26);return{path:`M${w} ${o.y}H${h}V${u.y}H${m+o.bus*8}`,head:`M${m} ${u.y}l${o.bus*9} -4.5v9z`}}function S({
box:o,x:u,y:r},w,m,h){let[s,l]=[u-h/2,r-o.h/2],p=o.kind&&e[o.kind],c=[o.word,o.text||o.rows[0],o.who].filter(Boolean).join(
": "),M=[y(o,p,w,s,l,h),...i(o,p,s+et,l+et)],b=o.premise?o.about:o.claim,A=o.more?n(m,!0):b>=0?n(b):"";return A?Y("a",{href:A,
"aria-label":c},...M):Y("g",{role:"img","aria-label":c},...M)}function y(o,u,r,w,m,h){let s=u?u.colour:"edge";return Y("\
rect",{x:w,y:m,width:h,height:o.h,rx:2,fill:z(u?`${u.colour}-tint`:"claim-tint"),stroke:z(r?"focus":s),"stroke-width":r?
3:1.2,"stroke-dasharray":o.more?"4 4":"none"})}function i(o,u,r,w){let m=[],h=w,s=(c,M,b,A,E,k,$)=>{let L={"font-size":A,
"font-weight":E,"font-family":k,fill:z($)};m.push(Y("text",{x:M,y:b,...L},c))},l=(c,M,b,A,E,k)=>{s(c,r,h+k*.76,M,b,A,E),
h+=k};o.head&&l(o.head,11.5,600,q,u?u.colour:"soft",16);for(let c of o.rows)l(c,o.more?13:14,400,o.more?q:Z,"ink",18);for(let c of o.
foot)l(c,11.5,400,q,"soft",14);let p=r;for(let[c,M]of o.counts||[]){let b=`${e[c].sign} ${M}`;s(b,p,h+15,14,700,q,e[c].colour),
a.font=`700 14px ${q}`,p+=a.measureText(b).width+10}return m}}function xe(t,n,e){let{claims:f,topics:a,states:g,looks:d,tallied:x}=t,S=s=>I("a",{href:e.hrefOf(s)},f.text[s]);function y(s){
let l=([p,c])=>I("span",{class:`ink-${d[p].colour}`},I("b",null,d[p].sign),` ${c}`,I("span",{class:"unseen"},` ${x[p]}`));
return I("span",{class:"tally"},...t.tally(s).map(l))}function i(s){return s.premise?`${s.premise}: `:s.stance&&!tt(s)?`${d[s.
stance].word} this claim`:""}function o(s){let{who:l,source:p,address:c,date:M,evidence:b,quote:A,language:E}=t.voice(s.
voice),k=p&&Vt(c)?Xt(c,p):p,$=[l,k,M,b].filter(Boolean).flatMap((v,D)=>[D?", ":"",v]),L=s.premise?s.about:s.claim,O=s.answers.
map(v=>I("li",null,...o(v)));return[dt(d[s.kind],d[tt(s)?s.stance:s.kind].word)," ",i(s),L>=0?S(L):t.name(s.thing),A?Jt(
A,E):"",I("div",{class:"soft"},...$),O.length?I("ul",{class:"answers"},...O):""]}function u(s){let[l,,,p]=a[t.topicOf[s]],
M=["claim",f.state[s]>=0?g[f.state[s]]:""].filter(Boolean).join(", "),b=I("a",{href:e.address({...e.HOME,topic:l})},l);return ft(
M,p?", on ":", among those that begin with ",b)}function r(s){return ne(n,"Path to another claim","Path to another claim",
e.suggest,l=>{let[p]=e.search(l,1);p!==void 0&&e.go({claim:s,to:p})})}function w(s,l){let p=gt(t,s),c=t.uses(s),M=E=>[dt(
d[E.kind],d[E.kind].word)," ",S(E.claim)],b=([E,k])=>{let $=p.filter(L=>k.includes(L.kind));return $.length?St(E,...ht($,
o)):[]},A=e.address({claim:s,map:!l,to:-1});return[u(s),I("h2",null,f.text[s]),y(s),kt(I("a",{href:`#${encodeURIComponent(
f.key[s])}`},"Link to this"),I("a",{href:A},l?"Draw its dispute":"Show it among all claims")),r(s),...Lt.flatMap(b),...c.
length?St("It is held for or against",...ht(c,M)):[]]}function m(s,l,p){let c=p&&`${p.length-1} ${p.length===2?"step":"s\
teps"} between two claims`,M=[ft("path"),I("h2",null,c||"No argument leads from one to the other"),kt(I("a",{href:e.hrefOf(
s)},"Back to the claim"))];if(!p)return[...M,I("p",null,S(s)),I("p",null,S(l))];let b=(A,E)=>{let k=E+1<p.length&&t.near(
A).get(p[E+1]),$=k&&d[k.kind];return I("li",null,S(A),k?dt($,k.out?$.word:$.inverse,"div"):"")};return[...M,I("ol",null,
...p.map(b))]}function h(s,l){return[ft(`${J(s.length)} of ${J(t.count)} claims`),I("h2",null,l),...ht(s,p=>[S(p),y(p)])]}
return{claimDetails:w,pathDetails:m,filterDetails:h}}function $e(t,{count:n,topics:e,topicOf:f},a,g){let d=-1;function x(u){d=u,g.reach(u);let{x:r,y:w}=a.middle(u),m=(h,s)=>h>=
40&&h<=s-40;m(r,t.clientWidth)&&m(w,t.clientHeight)||a.toClaims([u],a.view.scale)}let S=u=>x(d<0?0:Math.min(Math.max(d+u,
0),n-1)),y=u=>{let r=e[f[Math.max(d,0)]+u];r&&x(r[1])},i=()=>a.zoom(1.4),o={Escape:g.leave,"+":i,"=":i,"-":()=>a.zoom(1/
1.4),Home:()=>x(0),End:()=>x(n-1),PageDown:()=>y(1),PageUp:()=>y(-1),ArrowRight:()=>S(a.blocks.rows),ArrowLeft:()=>S(-a.
blocks.rows),ArrowDown:()=>S(1),ArrowUp:()=>S(-1)};t.addEventListener("keydown",u=>{let w=u.key==="Enter"&&d>=0?()=>g.open(
d):Object.hasOwn(o,u.key)&&o[u.key];w&&(w(),u.preventDefault())})}var P=t=>Math.round(t*100)/100,Ze=/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
Me=t=>String(t).replace(/[<>&"]/g,n=>`&#${n.charCodeAt(0)};`).replace(Ze,"");function Tt(t,n,e=null){let f=Object.entries(
n).filter(([,g])=>g!==void 0),a=`<${t}${f.map(([g,d])=>` ${g}="${Me(d)}"`).join("")}`;return e===null?`${a}/>`:`${a}>${e}\
</${t}>`}var It=(t,n,e,f)=>({x:P(t),y:P(n),width:P(e),height:P(f)});function ke(){let t=document.createElement("canvas").
getContext("2d"),n=[],e=[],f=[],a=(x,S,y)=>n.push(Tt(x,{...S,opacity:d.globalAlpha},y)),g=()=>({fill:"none",stroke:d.strokeStyle,
"stroke-width":P(d.lineWidth)}),d={fillStyle:"#000",strokeStyle:"#000",lineWidth:1,globalAlpha:1,textAlign:"left",textBaseline:"\
alphabetic",font:"10px sans-serif",beginPath(){e=[]},moveTo:(x,S)=>e.push(`M${P(x)} ${P(S)}`),lineTo:(x,S)=>e.push(`${e.
length?"L":"M"}${P(x)} ${P(S)}`),closePath:()=>e.push("Z"),rect:(x,S,y,i)=>e.push(`M${P(x)} ${P(S)}h${P(y)}v${P(i)}h${P(
-y)}z`),roundRect(x,S,y,i,o){let u=Math.min(o,y/2,i/2),r=(h,s)=>`a${u} ${u} 0 0 1 ${h*u} ${s*u}`,[w,m]=[P(y-2*u),P(i-2*u)];
e.push(`M${P(x+u)} ${P(S)}h${w}${r(1,1)}v${m}${r(-1,1)}`),e.push(`h${-w}${r(-1,-1)}v${-m}${r(1,-1)}z`)},arc:(x,S,y)=>e.push(
`M${P(x-y)} ${P(S)}a${y} ${y} 0 1 0 ${2*y} 0a${y} ${y} 0 1 0 ${-2*y} 0z`),quadraticCurveTo:(x,S,y,i)=>e.push(`Q${P(x)} ${P(
S)} ${P(y)} ${P(i)}`),setLineDash(x){f=x},measureText(x){return t.font=d.font,t.measureText(x)},fill:()=>a("path",{d:e.join(
""),fill:d.fillStyle}),stroke:()=>a("path",{d:e.join(""),...g(),"stroke-dasharray":f.map(P).join(" ")||"none"}),fillRect:(x,S,y,i)=>a(
"rect",{...It(x,S,y,i),fill:d.fillStyle}),strokeRect:(x,S,y,i)=>a("rect",{...It(x,S,y,i),...g()}),fillText(x,S,y,i){let o=/^(\d+)? ?([\d.]+)px (.*)$/.
exec(d.font)||[null,"400","12","sans-serif"],[,u,r,w]=o,m=i&&d.measureText(x).width>i,h={x:P(S),y:P(y+(d.textBaseline===
"middle"?Number(r)*.35:0)),textLength:m?P(i):void 0,lengthAdjust:m?"spacingAndGlyphs":void 0,"text-anchor":{center:"midd\
le",right:"end"}[d.textAlign]||"start"},s={"font-family":w,"font-size":r,"font-weight":u||400,fill:d.fillStyle};a("text",
{...h,...s},Me(x))},text(x,S,y,i,o){let u="http://www.w3.org/2000/svg",r=[x,S,y,i].map(P).join(" "),w=Tt("rect",{...It(x,
S,y,i),fill:o}),m={width:P(y),height:P(i)};return Tt("svg",{xmlns:u,viewBox:r,...m},w+n.join(""))}};return d}var tn=52,nt=10.5,en=8;function Se(t,n,e,f){let{topics:a,claims:g,blocks:d,cell:x,shares:S,looks:y}=t;function i(c,M){let{
scale:b}=e.now,A=S.map(L=>z(y[L].colour)),E=Math.min(6,b*.1),[k,$]=[x*b-E,b-E];c.fillStyle=z("faint"),c.fillRect(0,0,e.wide(),
e.high());for(let L=0;L<a.length;L+=1){if(!e.isSeen(L))continue;let[,O,v]=a[L];for(let D=O;D<O+v;D+=1){let{x:F,y:j}=n(D),
[C,N]=e.to(F,j);C>=e.wide()||C+k<=0||N>=e.high()||N+$<=0||(c.globalAlpha=M&&!M[D]?.25:1,o(c,D,C,N,k,$,A))}}c.globalAlpha=
1}function o(c,M,b,A,E,k,$){c.fillStyle=z("claim-tint"),c.fillRect(b,A,E,k),c.strokeStyle=z("edge"),c.lineWidth=1,c.strokeRect(
b,A,E,k);let L=t.tally(M),O=k<28?k:Math.max(4,k*.12);u(c,L,b,A,E,k,O,$),k>=tn?r(c,M,b+7,A+O+4,E-12,k-O-8,L,$):k>=O+nt+4&&
w(c,L,$,b+4,A+O+(k-O)/2,E-6,nt)}function u(c,M,b,A,E,k,$,L){let O=M.reduce((D,[,F])=>D+F,0),v=b;for(let[D,F]of M){let j=E*
F/O,C=$===k&&mt(D)?k/2:0;c.fillStyle=L[S.indexOf(D)],c.fillRect(v,A+C,Math.max(1,j-.5),$-C),v+=j}}function r(c,M,b,A,E,k,$,L){
let O=Math.min(15,Math.max(nt,k/5.2)),v=O+4,D=O*1.18,F=Q(c,g.text[M],`400 ${O}px ${Z}`,E,Math.floor((k-v)/D));c.fillStyle=
z("ink"),m(c),F.forEach((j,C)=>h(c,j,b,A+D*(C+.5),c.measureText(j).width,O)),w(c,$,L,b,A+k-v/2+1,E,Math.max(nt,O*.88))}function w(c,M,b,A,E,k,$){
m(c);let L=M.map(([O,v])=>`${y[O].sign} ${v}`);ue(c,L,`700 ${$}px ${q}`,k,$*.7,3).forEach(({text:O,x:v,width:D},F)=>{c.fillStyle=
b[S.indexOf(M[F][0])],h(c,O,A+v,E,D,$)})}function m(c){c.textAlign="left",c.textBaseline="middle"}function h(c,M,b,A,E,k){
c.fillText(M,b,A),f({text:M,pixels:k,x:b,y:A-k*.55,w:E,h:k*1.1})}function s(c){let M=d.head*e.now.scale,b=Math.min(15,Math.
max(nt,M*.62));if(m(c),M<nt*1.15)return p(c);c.font=`600 ${b}px ${q}`,c.fillStyle=z("ink"),a.forEach(([A],E)=>{let[k,$]=e.
to(...d.corners[E]);if($<0||$-M>e.high()||k>e.wide())return;let L=c.measureText(A).width;if(k+L<0)return;let O=l(E,k),[v]=L<=
O?[A]:Q(c,A,c.font,O,1);!v||v.length<=Math.min(3,A.length-1)||h(c,v,k,$-M*.45,c.measureText(v).width,b)})}function l(c,M){
let[b,A]=d.corners[c],E=d.corners[c+1];return c+1<a.length&&E[1]===A?(E[0]-b)*e.now.scale-6:e.wide()-M}function p(c){c.font=
`600 11px ${q}`;let M=-1/0;a.forEach(([b],A)=>{let[E,k]=d.corners[A];if(A&&d.corners[A-1][1]===k)return;let[$,L]=e.to(E,
k+d.rows/2);if(L<6||L>e.high()-6||L-M<16)return;M=L;let O=Q(c,b,c.font,e.margin()-14,1)[0]||"",v=c.measureText(O).width,
D=Math.max(5,$-v-en);c.fillStyle=z("paper"),c.globalAlpha=.9,c.fillRect(D-3,L-7.5,v+6,15),c.globalAlpha=1,c.fillStyle=z(
"ink"),h(c,O,D,L,v,11)})}return{boxes:i,headings:s}}var[nn,on]=[.92,.16];function Ee(t,n){let e=z("faint"),f=(g,d)=>parseInt(g.slice(1+2*d,3+2*d),16),a=g=>Math.round(f(t,g)*
n+f(e,g)*(1-n));return(255<<24|a(2)<<16|a(1)<<8|a(0))>>>0}function Le({topics:t,claims:n,blocks:e,cell:f,shares:a,looks:g}){
let d=a.map(h=>Int32Array.from(n[h])),x=h=>d.reduce((s,l)=>s+l[h],0),S=Int32Array.from(n.text,(h,s)=>x(s)),y=a.map(mt),i=null,
o=null;function u(){let h=[...a.map(l=>z(g[l].colour)),z("edge")],s=l=>h.map(p=>Ee(p,l));return{ground:Ee(z("faint"),1),
full:s(nn),pale:s(on)}}function r(h,s,l,p){let{width:c,height:M}=h.canvas;(!o||o.width!==c||o.height!==M)&&(o=h.createImageData(
c,M));let b=new Uint32Array(o.data.buffer);i=i||u(),b.fill(i.ground);let{x:A,y:E,scale:k}=s.now,$=k*l,L=$>=3.5?1:0;for(let O=0;O<
t.length;O+=1){if(!s.isSeen(O))continue;let[,v,D]=t[O],[F,j]=[(e.corners[O][0]-A)*$,(e.corners[O][1]-E)*$];for(let C=0;C<
D;C+=1){let[N,B]=[C/e.rows|0,C%e.rows],U=Math.round(F+N*f*$),K=Math.max(U+1,Math.round(F+(N+1)*f*$)-L),Mt=Math.round(j+B*
$),Wt=Math.max(Mt+1,Math.round(j+(B+1)*$)-L);K<=0||U>=c||Wt<=0||Mt>=M||w(b,c,M,v+C,p,U,Mt,K,Wt)}}h.putImageData(o,0,0)}function w(h,s,l,p,c,M,b,A,E){
let k=c&&!c[p]?i.pale:i.full,$=S[p],L=0,O=M;for(let v=0;v<=a.length;v+=1){let D=v===a.length;L+=D?0:d[v][p];let F=D?A:$?
M+Math.round((A-M)*L/$):M;if(F<=O)continue;let j=D?E-1:y[v]?b+(E-b>>1):b,C=k[v],N=O<0?0:O,B=F>s?s:F;for(let U=j<0?0:j;U<
E&&U<l;U+=1)for(let K=U*s+N;K<U*s+B;K+=1)h[K]=C;O=F}}return{draw:r,recolour:()=>{i=null}}}function be(t,n,e,f){let a=new Map,g=0,d=y=>{let{left:i,top:o}=t.getBoundingClientRect();return[y.clientX-i,y.clientY-o]};
t.addEventListener("pointerdown",y=>{a.set(y.pointerId,d(y)),g=a.size>1?1/0:0,t.setPointerCapture(y.pointerId)}),t.addEventListener(
"pointermove",y=>{let[i,o]=d(y),u=a.get(y.pointerId);if(!u)return e(i,o);let[r,w]=[i-u[0],o-u[1]];g+=Math.abs(r)+Math.abs(
w);let m=[...a].filter(([h])=>h!==y.pointerId);if(a.set(y.pointerId,[i,o]),m.length)return x(u,[i,o],m[0][1]);g>4&&n.pan(
r,w)});function x(y,i,o){let u=([r,w])=>Math.hypot(r-o[0],w-o[1])||1;n.zoom(u(i)/u(y),(i[0]+o[0])/2,(i[1]+o[1])/2)}let S=y=>{
a.delete(y.pointerId)&&y.type==="pointerup"&&g<=4&&f(...d(y))};t.addEventListener("pointerup",S),t.addEventListener("poi\
ntercancel",S),t.addEventListener("pointerleave",()=>e(-1,-1)),t.addEventListener("wheel",y=>{y.preventDefault(),n.zoom(
Math.exp(-y.deltaY*(y.deltaMode?.05:.002)),...d(y))},{passive:!1})}var sn=12,rn=44;function Ae(t,n){let{looks:e,cell:f}=t;function a(i,o,u){o.length?o.slice(1).forEach((r,w)=>d(i,o[w],r,t.
near(o[w]).get(r))):u>=0&&g(i,u),i.setLineDash([])}function g(i,o){let u=t.near(o);if(u.size<=sn)for(let[r,w]of u)d(i,o,
r,w)}function d(i,o,u,{kind:r,out:w}){let[m,h]=[n.middle(o),n.middle(u)],[s,l]=w?[m,h]:[h,m],p=e[r],c={x:(s.x+l.x)/2+(l.
y-s.y)*.12,y:(s.y+l.y)/2-(l.x-s.x)*.12};i.strokeStyle=i.fillStyle=z(p.colour),i.lineWidth=2,i.setLineDash(p.dash),i.beginPath(),
i.moveTo(s.x,s.y),i.quadraticCurveTo(c.x,c.y,l.x,l.y),i.stroke(),x(i,l,Math.atan2(l.y-c.y,l.x-c.x)),!(Math.hypot(l.x-s.x,
l.y-s.y)<rn)&&S(i,p,s.x/4+c.x/2+l.x/4,s.y/4+c.y/2+l.y/4)}function x(i,{x:o,y:u},r){i.setLineDash([]),i.beginPath(),i.moveTo(
o,u);for(let w of[-.4,.4])i.lineTo(o-9*Math.cos(r+w),u-9*Math.sin(r+w));i.fill()}function S(i,o,u,r){i.beginPath(),i.arc(
u,r,8,0,2*Math.PI),i.fillStyle=z("paper"),i.fill(),i.lineWidth=1.2,i.stroke(),i.fillStyle=z(o.colour),i.font=`700 12px ${q}`,
i.textAlign="center",i.textBaseline="middle",i.fillText(o.sign,u,r+.5),i.textAlign="left"}function y(i,o,u){if(o<0)return;
let{x:r,y:w}=n.middle(o),[m,h]=[Math.max(7,f*n.now.scale),Math.max(7,n.now.scale)];for(let[s,l]of[["paper",5],[u,2.5]])i.
strokeStyle=z(s),i.lineWidth=l,i.strokeRect(r-m/2-1,w-h/2-1,m+2,h+2)}return{threads:a,ring:y}}function Oe(t,{topics:n,blocks:e,cell:f},a,g){let d={x:0,y:0,scale:1},x=()=>t.clientWidth,S=()=>t.clientHeight,y=()=>e.named&&
x()>=600?12:Math.min(92,x()*.2),i=()=>Math.min((x()-y()-12)/e.width,(S()-24)/e.height),o=()=>Math.max(190,i()),u=E=>Math.
ceil(n[E][2]/e.rows);function r(E,k,$,L=x()/2,O=S()/2){d.scale=Math.min(Math.max(E,i()*.8),o()),d.x=k-L/d.scale,d.y=$-O/
d.scale,g()}let w=(E,k)=>({x:d.x+E/d.scale,y:d.y+k/d.scale}),m=(E,k)=>[(E-d.x)*d.scale,(k-d.y)*d.scale],h=()=>r(i(),e.width/
2,e.height/2,(x()+y()-12)/2);function s(E,k=x()/2,$=S()/2){let{x:L,y:O}=w(k,$);r(d.scale*E,L,O,k,$)}function l(E,k){d.x-=
E/d.scale,d.y-=k/d.scale,g()}function p(E){let[k,$]=e.corners[E],L=u(E)*f,O=Math.min((x()-60)/L,(S()-80)/(e.rows+e.head));
r(Math.min(O,110),k+L/2,$+(e.rows-e.head)/2)}function c(E,k=0){let $=E.map(a),[L,O]=[$.map(({x:N})=>N),$.map(({y:N})=>N)],
[v,D,F,j]=[Math.min(...L),Math.max(...L)+f,Math.min(...O),Math.max(...O)+1],C=Math.min((x()-60)/(D-v),(S()-60)/(j-F),90);
r(Math.max(C,k),(v+D)/2,(F+j)/2)}function M(E){let[k,$]=m(...e.corners[E]),L=u(E)*f*d.scale;return k<x()&&k+L>0&&$<S()&&
$+e.rows*d.scale>0}function b(E){let{x:k,y:$}=a(E),[L,O]=m(k+f/2,$+.5);return{x:L,y:O}}function A(E,k){let{x:$,y:L}=w(E,
k);for(let O=0;O<n.length;O+=1){let[,v,D]=n[O],[F,j]=e.corners[O],[C,N]=[Math.floor(($-F)/f),Math.floor(L-j)],B=C*e.rows+
N;if(C>=0&&N>=0&&N<e.rows&&B<D)return{claim:v+B,topic:O};if(L<j&&L>j-e.head&&$>=F&&$<F+Math.max(f,u(O)*f))return{claim:-1,
topic:O}}return{claim:-1,topic:-1}}return{now:d,wide:x,high:S,margin:y,to:m,fit:h,zoom:s,pan:l,toTopic:p,toClaims:c,isSeen:M,
middle:b,hit:A}}var cn=15;function ve(t,n,e){let f={},a={...n,blocks:f},{topics:g,cell:d,topicOf:x,places:S}=a,y=t.getContext("2d"),i={lit:null,
path:[],chosen:-1},o=-1,u=[],r=0,w=C=>{let N=x[C],B=C-g[N][1],[U,K]=f.corners[N];return{x:U+Math.floor(B/f.rows)*d,y:K+B%
f.rows}},m=C=>Object.assign(f,S[C.clientWidth<C.clientHeight?1:0]),h=()=>{r=r||requestAnimationFrame(b)},s=Oe(t,a,w,h),l=Le(
a),p=Se(a,w,s,C=>u.push(C)),{threads:c,ring:M}=Ae(a,s);function b(){r=0;let C=Math.min(devicePixelRatio||1,2),[N,B]=[Math.
round(s.wide()*C),Math.round(s.high()*C)];if((t.width!==N||t.height!==B)&&([t.width,t.height]=[N,B]),!N||!B)return;u=[],
y.setTransform(1,0,0,1,0,0);let U=s.now.scale<cn;U&&l.draw(y,s,C,i.lit),y.setTransform(C,0,0,C,0,0),U||p.boxes(y,i.lit),
A(y)}function A(C){p.headings(C),c(C,i.path,o>=0?o:i.chosen),M(C,o,"ink"),M(C,i.chosen,"focus")}function E(){let C=ke();
return p.boxes(C,i.lit),A(C),C.text(0,0,s.wide(),s.high(),z("faint"))}be(t,s,(C,N)=>{let{claim:B}=s.hit(C,N);B!==o&&(o=B,
e.point(B),h())},(C,N)=>e.choose(s.hit(C,N))),ct(()=>{l.recolour(),h()});function k({lit:C=null,path:N=[],chosen:B=-1}){
i={lit:C,path:N,chosen:B},h()}let $=()=>({scale:s.now.scale,labels:u,corners:{x:s.now.x,y:s.now.y}}),{fit:L,zoom:O,pan:v,
toTopic:D,toClaims:F,middle:j}=s;return{blocks:f,shape:m,draw:b,svg:E,show:k,drawn:$,view:s.now,fit:L,zoom:O,pan:v,toTopic:D,
toClaims:F,middle:j}}var yt=["topic","relation","who","source","stance","standing","since","until"],an=t=>Number((/\d{4}/.exec(t)||[""])[0])||
null;function Ce(t){let{claims:n,count:e,topics:f,topicOf:a,states:g,stances:d,said:x,name:S}=t,y=null;function i(r,w){y=
y||n.text.map(l=>l.toLowerCase());let m=r.trim().toLowerCase(),[h,s]=[[],[]];if(!m)return[];for(let l=0;l<e&&h.length<w;l+=
1){let p=n.key[l]===m?0:y[l].indexOf(m);p===0?h.push(l):p>0&&s.length<w&&s.push(l)}return h.sort((l,p)=>y[l].length-y[p].
length||l-p),[...h,...s].slice(0,w)}function o({who:r,source:w,stance:m,since:h,until:s}){return l=>{if(r&&S(x.agent[l])!==
r||w&&S(x.source[l])!==w||m&&d[x.stance[l]]!==m)return!1;if(!(h||s))return!0;let p=an(x.date[l]);return p&&!(h&&p<Number(
h))&&!(s&&p>Number(s))}}function u(r){if(!yt.some($=>r[$]))return null;let{topic:w,relation:m,standing:h,who:s,source:l,
stance:p,since:c,until:M}=r,b=new Uint8Array(e).fill(1),A=$=>{for(let L=0;L<e;L+=1)$(L)||(b[L]=0)};if(w&&A($=>f[a[$]][0]===
w),m&&A($=>n[m][$]),h&&A($=>g[n.state[$]]===h),!(s||l||p||c||M))return b;let E=o(r),k=new Uint8Array(e);return x.claim.forEach(
($,L)=>{!k[$]&&E(L)&&(k[$]=1)}),b.map(($,L)=>$&k[L])}return{search:i,fitting:u}}function Rt(t,n){let e=new Int32Array(n+2);for(let a of t)a>=0&&(e[a+2]+=1);for(let a=2;a<e.length;a+=1)e[a]+=e[a-1];let f=new Int32Array(
e[n+1]);return t.forEach((a,g)=>{a>=0&&(f[e[a+1]++]=g)}),a=>f.subarray(e[a],e[a+1])}var ln={who:"",source:"",date:"",quote:"",
language:"",address:""};function Te(t){let{topics:n,claims:e,said:f,lines:a,names:g,addresses:d,kinds:x,shares:S}=t,y=e.
text.length,i=new Int32Array(y);n.forEach(([,l,p],c)=>i.fill(c,l,l+p));let o={saidOf:Rt(f.claim,y),linesTo:Rt(a.to,y),linesBy:Rt(
a.by,y)},u=l=>S.map(p=>[p,e[p][l]]).filter(([,p])=>p),r=l=>l>=0?g[l]:"";function w(l){if(l<0)return ln;let p=f.source[l];
return{who:r(f.agent[l]),source:r(p),address:p>=0?d[p]:"",date:f.date[l],quote:f.quote[l],language:f.language[l],evidence:r(
f.evidence[l])}}let m=l=>Array.from(o.linesBy(l),p=>({kind:x[a.kind[p]],claim:a.to[p]})).filter(p=>p.claim>=0&&p.claim!==
l);function h(l){let p=new Map,c=(M,b,A)=>{M>=0&&p.set(M,{kind:x[a.kind[b]],out:A})};for(let M of o.linesTo(l))c(a.by[M],
M,!1);for(let M of o.linesBy(l))c(a.to[M],M,!0);return p.delete(l),p}function s(l,p){let c=new Int32Array(y).fill(-1);c[l]=
l;let M=[l];for(;M.length&&c[p]<0;){let A=[];for(let E of M)for(let k of h(E).keys())c[k]>=0||(c[k]=E,A.push(k));M=A}if(c[p]<
0)return null;let b=[p];for(;b[0]!==l;)b.unshift(c[b[0]]);return b}return{...t,...o,count:y,topicOf:i,tally:u,name:r,voice:w,
uses:m,near:h,path:s}}var R=_t("o_"),H=Te(at(R("data"))),{claims:ot,topics:Nt,names:Ie,said:un}=H,{search:Ft,fitting:Re}=Ce(H),st=Zt(R,yt),{read:De,
write:fn,NONE:xt,HOME:X,numbered:dn,topicAt:Pe,isKnown:hn}=ae(H,st),T=De(),$t=t=>fn({...T,...t}),G=t=>{location.hash=$t(
t)},Ne=(t,n=!1)=>$t({...xt,claim:t,open:n}),jt=R("map");function ze(t){R("hover").hidden=!t,R("hover").textContent=t}var W=ve(
jt,H,{choose({claim:t,topic:n}){t>=0?G({...xt,claim:t}):n>=0&&G({...X,topic:Nt[n][0]})},point:t=>ze(t<0?"":`${ot.text[t]}\
 (${Nt[H.topicOf[t]][0]})`)}),pn=ye(H,Ne);function Bt(){let t=R("closeup"),[n,e]=[t.clientWidth-16,t.clientHeight-16];t.
replaceChildren(pn(T.claim,n,e,T.open)),t.scrollLeft=(t.scrollWidth-t.clientWidth)/2,t.scrollTop=n<700||T.open?0:(t.scrollHeight-
t.clientHeight)/2}function Fe(t){let n=([f])=>t&&f.toLowerCase().startsWith(t.toLowerCase()),e=Nt.filter(n).slice(0,4);te(
R,[...e.map(([f])=>f),...Ft(t,12).map(f=>ot.text[f])])}var Dt=xe(H,R,{address:$t,hrefOf:Ne,go:G,HOME:X,suggest:Fe,search:Ft});
function mn(t,n){return T.claim>=0&&T.to>=0?Dt.pathDetails(T.claim,T.to,t):T.claim>=0?Dt.claimDetails(T.claim,T.map):n?Dt.
filterDetails(n,st.words(T,e=>T[e])):[]}function gn(t){let n=Gt(T.unknown,"what is not here"),f=(T.claim>=0?`Details: ${ot.
text[T.claim]}`:"")||(t?`${J(t.length)} claims fit`:"");pt(R,n||f,!!n)}var wn=t=>{let n=new Uint8Array(H.count);for(let e of t)
n[e]=1;return n},je=t=>[t,...H.near(t).keys()],yn=t=>[...t.keys()].filter(n=>t[n]),rt=null;function Be(){T=De();let t=Re(
T),e=T.claim>=0&&T.to>=0?H.path(T.claim,T.to):null,f=t&&T.claim<0?yn(t):null;Qt(R,mn(e,f)),st.show(T),R("clear").hidden=
!st.isAsked(T)&&T.claim<0;let a=T.claim>=0&&T.to<0&&!T.map;if(R("closeup").hidden=!a,R("frame").hidden=a,a)Bt();else{let g=e||
(T.claim>=0&&T.map?je(T.claim):null);W.show({lit:g?wn(g):t,path:e||[],chosen:T.claim}),We(e,f)}rt=T,gn(f)}function We(t,n){
let e=yt.some(f=>!rt||rt[f]!==T[f]);t?W.toClaims(t):T.claim>=0?W.toClaims(je(T.claim)):T.topic?W.toTopic(Pe.get(T.topic)):
(e||!rt||rt.claim>=0)&&W.fit(),n&&n.length===1&&W.toClaims(n,40)}var Ue=t=>pt(R,`Nothing is called “${t}”.`,!0);Yt(t=>dn.
has(t),()=>{let t=document.activeElement;Be();let n=t&&(t===R("find")||t.matches("a")||!t.isConnected||t===document.body);
T.claim>=0&&n&&R("panel").focus()});ee(R,Fe,t=>{if(Pe.has(t))return G({...X,topic:t});let[n]=Ft(t,1);if(n!==void 0)return G(
{...X,claim:n});let e=Ie.find(f=>f.toLowerCase().includes(t.toLowerCase()));if(!e)return Ue(t);G({...X,[un.agent.some(f=>Ie[f]===
e)?"who":"source"]:e})});st.onChoice((t,n)=>{let e=n.trim();e&&!hn[t](e)?Ue(e):G({...xt,[t]:e})});R("clear").addEventListener(
"click",()=>G(X));R("bar").addEventListener("submit",t=>t.preventDefault());R("closer").addEventListener("click",()=>W.zoom(
1.6));R("farther").addEventListener("click",()=>W.zoom(1/1.6));var zt=()=>ie(T.claim>=0?ot.text[T.claim]:T.topic||document.
title),qe=()=>R("closeup").querySelector("svg"),He=t=>new XMLSerializer().serializeToString(t);R("png").addEventListener(
"click",()=>{let t=qe();return R("closeup").hidden?(W.draw(),Et(jt,zt())):re(He(t),t.clientWidth,t.clientHeight,zt())});
R("svg").addEventListener("click",()=>se(R("closeup").hidden?W.svg():He(qe()),zt()));$e(jt,H,W,{leave:()=>G(X),open:t=>G(
{...xt,claim:t}),reach(t){W.show({lit:Re(T),chosen:t}),ze(ot.text[t]);let n=H.tally(t).map(([e,f])=>`${f} ${H.tallied[e]}`);
pt(R,`${ot.text[t]}; ${n.join(", ")||"nothing is said to it"}`)}});ct(()=>{R("closeup").hidden||Bt()});var Pt="";new ResizeObserver(
()=>{let t=`${R("stage").clientWidth} ${R("stage").clientHeight}`;if(t===Pt)return;let n=!Pt;if(Pt=t,!n){if(W.shape(R("s\
tage")),!R("closeup").hidden)return Bt();We(null,null),T.claim<0&&!T.topic&&W.fit()}}).observe(R("stage"));le(R,st,H);R(
"bar").hidden=R("key").hidden=!1;R("key").open=innerWidth>900;for(let t of R("start").querySelectorAll("a[data-topic]"))
t.href=$t({...X,topic:t.dataset.topic});W.shape(R("stage"));Be();window.graphDrawn=()=>({...W.drawn(),state:T});window.graphMapNow=
W;document.documentElement.dataset.ready="yes";})();
