/* Script of a page, built from kg/pages/scripts/overview/ */
"use strict";
(()=>{function qt(t){try{return decodeURIComponent(t)}catch{return t}}function Ht(){let[t,...n]=location.hash.slice(1).split("&");return{key:qt(t),fields:new URLSearchParams(n.join("&"))}}function Gt(t,n){
let e=n.toString(),f=t===null;return`#${f?"":encodeURIComponent(t)}${e||f?"&":""}${e}`}function Yt(t,n){let e=t.map(f=>`\
“${f}”`).join(", ");return e&&`The address names ${n}; left out: ${e}.`}function _t(t,n){addEventListener("hashchang\
e",()=>{let e=qt(location.hash.slice(1));e&&!t(e.split("&")[0])&&document.getElementById(e)||n()})}var Ye=getComputedStyle(document.documentElement),rt=new Map;function z(t){return rt.has(t)||rt.set(t,Ye.getPropertyValue(
`--${t}`).trim()),rt.get(t)}function it(t){matchMedia("(prefers-color-scheme: dark)").addEventListener("change",()=>{rt.
clear(),t()})}var Kt=t=>n=>document.getElementById(`${t}${n}`),ct=t=>JSON.parse(t.textContent);function I(t,n,...e){let f=document.createElement(
t);for(let[c,w]of Object.entries(n||{}))w&&f.setAttribute(c,w);return f.append(...e.filter(c=>c!==""&&c!=null)),f}function Y(t,n,...e){
let f=document.createElementNS("http://www.w3.org/2000/svg",t);for(let[c,w]of Object.entries(n))f.setAttribute(c,w);return f.
append(...e),f}var at=(t,n={})=>t.map(e=>I("option",{value:String(e)},n[e]||String(e)));var lt=60,Vt=500,Xt=t=>/^https?:\/\//i.test(t),_e=t=>t&&!/^en\b/i.test(t)?t:"",J=t=>t.toLocaleString("en"),ut=(...t)=>I(
"p",{class:"kicker"},...t),St=(...t)=>I("p",{class:"actions"},...t),Jt=(t,n)=>I("a",{href:t,rel:"noreferrer"},n),Et=(t,...n)=>n.
length?[I("h3",null,t),...n]:[],ft=(t,n,e="span")=>I(e,{class:`verb ink-${t.colour}`},`${t.sign} ${n}`.trim()),Qt=(t,n,...e)=>I(
"blockquote",null,I("p",{lang:_e(n)},`“${t}”`),...e);function dt(t,n){let e=d=>I("li",null,...n(d)),f=I("ul",null,...t.
slice(0,lt).map(e));if(t.length<=lt)return[f];let c=I("button",{type:"button",class:"more"},`and ${J(t.length-lt)} more`),
w=lt;return c.addEventListener("click",()=>{f.append(...t.slice(w,w+Vt).map(e)),w+=Vt,c.textContent=`and ${J(t.length-w)}\
 more`,c.hidden=w>=t.length}),[f,c]}function Zt(t,n){t("details").replaceChildren(...n),t("details").hidden=!n.length,t(
"start").hidden=!!n.length,t("panel").scrollTop=0}function ht(t,n,e=!1){t("status").textContent=n,t("status").classList.
toggle("unseen",!e)}var Ke=["since","until"];function te(t,n){let e=Object.fromEntries(n.map(i=>[i,""])),f=i=>n.some(o=>i[o]),c=(i,o)=>Ke.includes(
i)?`${i} ${o}`:o;function w(i){for(let o of n)t(o).value=i[o]}function d(i,o){for(let u of n)o[u]&&i.set(u,o[u])}function M(i,o){
return n.filter(u=>i[u]).map(u=>c(u,o(u))).join(", ")}function $(i){for(let o of n)t(o).addEventListener("change",({target:u})=>i(
o,u.value))}return{fields:n,none:e,isAsked:f,show:w,write:d,words:M,onChoice:$,hide:(i,o)=>{t(i).parentElement.hidden=o}}}var ee=(t,n)=>t("names").replaceChildren(...n.map(e=>I("option",{value:e})));function ne(t,n,e){t("find").addEventListener(
"input",({target:f})=>n(f.value)),t("find").addEventListener("change",({target:f})=>{let c=f.value.trim();c&&e(c)})}function oe(t,n,e,f,c){
let w=t("names").id,d=I("input",{type:"search",list:w,autocomplete:"off","aria-label":n,placeholder:e});return d.addEventListener(
"input",()=>f(d.value)),d.addEventListener("change",()=>c(d.value)),I("div",{class:"path"},d)}function se(t,n){let e=document.createElement("a");e.href=URL.createObjectURL(t),e.download=n,document.body.append(e),e.
click(),e.remove(),setTimeout(()=>URL.revokeObjectURL(e.href),6e4)}var re=(t,n)=>se(new Blob([t],{type:"image/svg+xml"}),
`${n}.svg`),bt=(t,n)=>new Promise(e=>{t.toBlob(f=>{se(f,`${n}.png`),e()},"image/png")});async function ie(t,n,e,f){let c=new Image;
c.src=`data:image/svg+xml;charset=utf-8,${encodeURIComponent(t)}`,await c.decode();let w=document.createElement("canvas"),
d=Math.min(2,8e3/Math.max(n,e));return[w.width,w.height]=[Math.ceil(n*d),Math.ceil(e*d)],w.getContext("2d").drawImage(c,
0,0,w.width,w.height),bt(w,f)}var ce=t=>t.toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(/^-|-$/g,"").slice(0,60)||"gr\
aph";var ae=t=>/^\d{4}$/.test(t);function le({claims:t,topics:n,shares:e,states:f,stances:c,names:w},d){let M=new Map(t.key.map(
(a,m)=>[a,m])),$=new Map(n.map(([a],m)=>[a,m])),y={topic:a=>$.has(a),relation:a=>e.includes(a),standing:a=>f.includes(a),
stance:a=>c.includes(a),who:a=>w.includes(a),source:a=>w.includes(a),since:ae,until:ae};function i(){let{key:a,fields:m}=Ht(),
g=[...d.fields,"to","open","show"],p=[...m.keys()].filter(h=>!g.includes(h)),s=(h,r)=>r?M.has(r)?M.get(r):(p.push(`${h} ${r}`.
trim()),-1):-1,l={claim:s("",a),to:s("to",m.get("to")),open:m.has("open"),map:m.get("show")==="map",unknown:p};for(let h of d.
fields){let r=m.get(h)||"",k=!r||y[h](r);k||p.push(`${h} ${r}`),l[h]=k?r:""}return l}function o(a){let m=new URLSearchParams,
g=a.claim>=0;return g&&a.to>=0&&m.set("to",t.key[a.to]),g&&a.open&&m.set("open","1"),g&&a.map&&m.set("show","map"),d.write(
m,a),Gt(g?t.key[a.claim]:null,m)}let u={claim:-1,to:-1,open:!1,map:!1};return{read:i,write:o,NONE:u,HOME:{...u,...d.none},
numbered:M,topicAt:$,isKnown:y}}var Ve=20;function ue(t,n,e){let{topics:f,shares:c,states:w,stateWords:d,stances:M,said:$,names:y,looks:i,tallied:o}=e,u=m=>I(
"option",{value:m},`${i[m].sign} ${o[m]}`);t("topic").append(...at(f.map(([m])=>m))),t("relation").append(...c.map(u)),t(
"standing").append(...at([...w].sort(),d)),t("stance").append(...at(M.filter((m,g)=>$.stance.includes(g)))),n.hide("stan\
ding",!w.length),n.hide("stance",!$.stance.length);for(let[m,g]of Object.entries({who:$.agent,source:$.source})){let p=[
...new Set(g)].filter(s=>s>=0).map(s=>y[s]).sort();n.hide(m,!p.length),t(m).addEventListener("input",()=>{let s=t(m).value.
toLowerCase(),l=p.filter(h=>h.toLowerCase().includes(s)).slice(0,Ve);t(`${m}_names`).replaceChildren(...l.map(h=>I("opti\
on",{value:h})))})}let a=$.date.some(m=>/\d{4}/.test(m));for(let m of["since","until"])n.hide(m,!a)}var H="Helvetica Neue, Helvetica, Arial, Liberation Sans, dv, nt, sans-serif",Z="Georgia, Times New Roman, Liberation Se\
rif, dvs, nts, serif";function Q(t,n,e,f,c){t.font=e;let w=[],d="";for(let $ of n.split(/(?<=_)|\s+/)){let y=d&&!d.endsWith(
"_")?" ":"";if(t.measureText(d+y+$).width<=f){d+=y+$;continue}for(d&&w.push(d);w.length<=c&&t.measureText($).width>f&&$.
length>1;){let i=$.length-1;for(;i>1&&t.measureText($.slice(0,i)).width>f;)i-=1;w.push($.slice(0,i)),$=$.slice(i)}if(d=$,
w.length>c)break}if(d&&w.push(d),w.length<=c)return w;let M=w[c-1]||"";for(;M&&t.measureText(`${M}…`).width>f;)M=M.slice(
0,-1);return c?[...w.slice(0,c-1),`${M.replace(/[\s,;:.(]+$/,"")}…`]:[]}function fe(t,n,e,f,c,w){t.font=e;let d=n.map(
i=>t.measureText(i).width),M=f-d.reduce((i,o)=>i+o,0),$=Math.min(c,M/Math.max(1,n.length-1));if($<w)return[];let y=0;return n.
map((i,o)=>{let u={text:i,x:y,width:d[o]};return y+=d[o]+$,u})}var de=document.getElementById("vocabulary"),Xe={stances:{affirms:"supports",denies:"opposes",doubts:"doubts","no eviden\
ce":"no evidence",inconclusive:"inconclusive","stance not stated":"stance not stated"},plain:"affirms",arguments:["suppo\
rts","opposes","undercuts","qualifies","direction not stated"],turned:{opposes:{doubts:"doubts"}},groups:[["For it",["su\
pports"]],["Against it",["opposes"]],["Doubting it",["doubts"]],["On the evidence",["undercuts"]],["Limiting it",["quali\
fies"]],["Finding no evidence",["no evidence"]],["Inconclusive",["inconclusive"]],["Neither for nor against",["stance no\
t stated","direction not stated"]]],pro:["supports"],low:["opposes","doubts","undercuts"],unstated:{argument:"direction \
not stated",statement:"stance not stated"}},V={...Xe,...de&&ct(de)},Je=Object.keys(V.stances),Pn=V.plain,Lt=V.groups,he=Lt.
flatMap(([,t])=>t),Nn=new Set([...V.arguments,...Je]),pe=(t,n)=>V.turned[t]?.[n]??t,vt=t=>V.stances[t],Ot=t=>V.pro.includes(
t),pt=t=>V.low.includes(t);var mt=({kind:t,stance:n})=>!!n&&vt(n)===t,gt=t=>mt(t)?t.stance:t.does||t.kind;function me({claims:t,looks:n,voice:e,name:f},c){
if(c.claim>=0)return t.text[c.claim];if(c.premise)return`${c.premise}: ${t.text[c.about]}`;let w=e(c.voice);return c.stance&&
!mt(c)?`${n[c.stance].word} this claim${w.quote&&": "}${w.quote}`:w.quote||f(c.thing)||w.who||w.source||"somebody not na\
med"}function wt({lines:t,said:n,kinds:e,looks:f,stances:c,saidOf:w,linesTo:d},M){let $=[],[y,i]=[new Map,new Map],o=g=>($.
push(g),g);for(let g of Array.from(d(M)).sort((p,s)=>p-s)){let p=o(u(g));y.set(g,p),p.voice>=0&&!i.has(p.voice)&&i.set(p.
voice,p)}for(let g of w(M))i.has(g)||i.set(g,o(a(g)));function u(g){let p=t.voice[g],s=p>=0?c[n.stance[p]]:"",[l,h]=[e[t.
kind[g]],e[t.does[g]]],r={kind:l,does:h,claim:t.by[g],voice:p,thing:t.thing[g],on:t.on[g],answers:[]};return s&&n.claim[p]===
M?{...r,kind:pe(l,s),claim:-1,stance:s}:s&&r.claim<0?{...r,premise:f[s].word,about:n.claim[p]}:r}function a(g){let p=c[n.
stance[g]];return{kind:vt(p),stance:p,claim:-1,voice:g,thing:-1,on:-1,answers:[]}}function m({on:g}){return g>=0?y.get(g):
g<-1?i.get(-2-g):null}return Qe($,m)}function Qe(t,n){let e=t.filter(w=>{let d=n(w);return!d||d===w?!0:(d.answers.push(w),
!1)}),f=new Set,c=w=>{f.has(w)||(f.add(w),w.answers.forEach(c))};e.forEach(c);for(let w of t)f.has(w)||(e.push(w),c(w));
return e}var tt=10,Ct=.9,_=14,ge=700,Ze=[12,11,10,9,8,7,6,5,4,3,2,1],At={lines:400,answers:12},we=t=>t.reduce((n,{h:e})=>n+e+_,-_);
function Tt(t,n){let[e,f]=[t.map(({x:w})=>w),n/2],c=w=>t.map(({y:d,box:M})=>d+w*M.h/2);return[Math.min(...e)-f,Math.min(
...c(-1)),Math.max(...e)+f,Math.max(...c(1))]}function ye(t){let{looks:n,claims:e}=t,f=document.createElement("canvas").
getContext("2d");function c(o,u){return u<ge?{width:u-92,column:0}:o.some(a=>a.answers.length)?{width:178,column:236}:{width:230,
column:330}}function w(o,u){let a=u-2*tt-4,m=Q(f,o.text,`400 14px ${Z}`,a,4),g=o.who?Q(f,o.who,`400 11.5px ${H}`,a,2):[],
p=o.kind?n[gt(o)].word:"",s=o.head||(o.kind?`${n[o.kind].sign} ${p}`:""),l=2*tt+(s?16:0)+m.length*18+g.length*14+(o.counts?
20:0);return{...o,rows:m,foot:g,word:p,head:s,h:l}}function d(o,u){let a=t.voice(o.voice),m=me(t,o),p=[...new Set([a.who,
a.source,a.date])].filter(s=>s&&s!==m).join(", ");return w({...o,text:m,who:p},u)}function M(o){return{more:!0,claim:-1,
text:"",rows:[`and ${o.toLocaleString("en")} more`],foot:[],head:"",h:2*tt+18}}function $(o,u,a,m,{width:g,column:p}){let s=[],
l=0;for(let h of o.slice(0,a)){let r=d(h,g),k=h.answers.slice(0,m).map(E=>d(E,g));h.answers.length>k.length&&k.push(M(h.
answers.length-k.length));let L=Math.max(r.h,we(k));s.push({box:r,x:u*p,y:l+L/2});let v=l+(L-we(k))/2;for(let E of k)s.push(
{box:E,x:2*u*p,y:v+E.h/2,onto:r}),v+=E.h+_;l+=L+_}if(o.length>a){let h=M(o.length-a);s.push({box:h,x:u*p,y:l+h.h/2}),l+=
h.h+_}return s.map(h=>({...h,y:h.y-(l-_)/2}))}function y(o){let u=g=>o.filter(p=>p.kind===g).sort((p,s)=>s.answers.length-
p.answers.length),a=he.map(u),m=Math.max(...a.map(g=>g.length));return Array.from({length:m},(g,p)=>a.flatMap(s=>s.slice(
p,p+1))).flat()}function i(o,u,a,m,g){let p=o.h/2+2*_,s=(l,h)=>{let r=l.slice(0,m).map(k=>d(k,g));return l.length>m&&r.push(
M(l.length-m)),r.map(k=>(p+=k.h+_,{box:k,x:h,y:p-_-k.h/2,bus:Math.sign(h)}))};return[{box:o,x:0,y:0},...s(u,-10),...s(a,
10)]}return function(u,a,m,g){let p=wt(t,u),s=y(p.filter(x=>Ot(x.kind))),l=y(p.filter(x=>!Ot(x.kind))),h=c(p,a),{width:r}=h,
k=t.tally(u),L=w({claim:u,text:e.text[u],counts:k,who:"",head:"claim"},r);if(a<ge)return{width:r,places:i(L,s,l,g?At.lines:
5,r)};let v=(x,b)=>[{box:L,x:0,y:0},...$(s,-1,x,b,h),...$(l,1,x,b,h)];if(g)return{width:r,places:v(At.lines,At.answers)};
let E=x=>{let[,b,,O]=Tt(x,r);return O-b<=m/Ct},S={most:0,places:v(1,1)};for(let x of[3,2,1]){let b=Ze.find(O=>E(v(O,x)))||
0;if(b>S.most&&(S={most:b,places:v(b,x)}),b>=4)break}return{width:r,places:S.places}}}var yt=20;function xe(t,n){let{looks:e}=t,f=ye(t),c=document.createElement("canvas").getContext("2d");return function(u,a,m,g){
let{places:p,width:s}=f(u,a,m,g),[l]=p,h=new Map(p.map(A=>[A.box,A])),r=`The dispute of: ${t.claims.text[u]}`,k=p.filter(
A=>A!==l&&!A.box.more),[L,v,E,S]=Tt(p,s),[x,b]=[E-L+2*yt,S-v+2*yt],O=Math.max(Math.min(a/x,g?1:m/b,1.15),Ct);return Y("s\
vg",{xmlns:"http://www.w3.org/2000/svg",role:"group","aria-label":r,viewBox:`${L-yt} ${v-yt} ${x} ${b}`,width:Math.round(
x*O),height:Math.round(b*O)},...k.map(A=>w(A,A.onto?h.get(A.onto):l,s)),...p.map(A=>$(A,A===l,u,s)))};function w(o,u,a){
let{colour:m,dash:g}=e[o.box.kind],p={fill:"none",stroke:z(m),"stroke-width":1.7},{path:s,head:l}=o.bus?M(o,u,a):d(o,u,a);
return Y("g",{"aria-hidden":"true"},Y("path",{d:s,...p,"stroke-dasharray":g.join(" ")||"none"}),Y("path",{d:l,fill:z(m)}))}
function d(o,u,a){let m=Math.sign(u.x-o.x),[g,p,s,l]=[o.x+m*a/2,o.y,u.x-m*a/2,u.y],h=(s-g)/2;return{path:`M${g} ${p}C${g+
h} ${p} ${s-h} ${l} ${s-m*8} ${l}`,head:`M${s} ${l}l${-m*9} -4.5v9z`}}function M(o,u,a){let[m,g]=[o.x+o.bus*a/2,u.x+o.bus*
a/2],p=o.bus*(a/2+26);return{path:`M${m} ${o.y}H${p}V${u.y}H${g+o.bus*8}`,head:`M${g} ${u.y}l${o.bus*9} -4.5v9z`}}function $({
box:o,x:u,y:a},m,g,p){let[s,l]=[u-p/2,a-o.h/2],h=o.kind&&e[o.kind],r=[o.word,o.text||o.rows[0],o.who].filter(Boolean).join(
": "),k=[y(o,h,m,s,l,p),...i(o,h,s+tt,l+tt)],L=o.premise?o.about:o.claim,v=o.more?n(g,!0):L>=0?n(L):"";return v?Y("a",{href:v,
"aria-label":r},...k):Y("g",{role:"img","aria-label":r},...k)}function y(o,u,a,m,g,p){let s=u?u.colour:"edge";return Y("\
rect",{x:m,y:g,width:p,height:o.h,rx:2,fill:z(u?`${u.colour}-tint`:"claim-tint"),stroke:z(a?"focus":s),"stroke-width":a?
3:1.2,"stroke-dasharray":o.more?"4 4":"none"})}function i(o,u,a,m){let g=[],p=m,s=(r,k,L,v,E,S,x)=>{let b={"font-size":v,
"font-weight":E,"font-family":S,fill:z(x)};g.push(Y("text",{x:k,y:L,...b},r))},l=(r,k,L,v,E,S)=>{s(r,a,p+S*.76,k,L,v,E),
p+=S};o.head&&l(o.head,11.5,600,H,u?u.colour:"soft",16);for(let r of o.rows)l(r,o.more?13:14,400,o.more?H:Z,"ink",18);for(let r of o.
foot)l(r,11.5,400,H,"soft",14);let h=a;for(let[r,k]of o.counts||[]){let L=`${e[r].sign} ${k}`;s(L,h,p+15,14,700,H,e[r].colour),
c.font=`700 14px ${H}`,h+=c.measureText(L).width+10}return g}}function $e(t,n,e){let{claims:f,topics:c,sentences:w,looks:d,tallied:M}=t,$=s=>I("a",{href:e.hrefOf(s)},f.text[s]);function y(s){
let l=([h,r])=>I("span",{class:`ink-${d[h].colour}`},I("b",null,d[h].sign),` ${r}`,I("span",{class:"unseen"},` ${M[h]}`));
return I("span",{class:"tally"},...t.tally(s).map(l))}function i(s){return s.premise?`${s.premise}: `:s.stance&&!mt(s)?`${d[s.
stance].word} this claim`:""}function o(s){let{who:l,source:h,address:r,date:k,evidence:L,quote:v,language:E}=t.voice(s.
voice),S=h&&Xt(r)?Jt(r,h):h,x=[l,S,k,L].filter(Boolean).flatMap((A,D)=>[D?", ":"",A]),b=s.premise?s.about:s.claim,O=s.answers.
map(A=>I("li",null,...o(A)));return[ft(d[s.kind],d[gt(s)].word)," ",i(s),b>=0?$(b):t.name(s.thing),v?Qt(v,E):"",I("div",
{class:"soft"},...x),O.length?I("ul",{class:"answers"},...O):""]}function u(s){let[l,,,h]=c[t.topicOf[s]],r=I("a",{href:e.
address({...e.HOME,topic:l})},l);return ut("claim",h?", on ":", among those that begin with ",r)}function a(s){return oe(
n,"Path to another claim","Path to another claim",e.suggest,l=>{let[h]=e.search(l,1);h!==void 0&&e.go({claim:s,to:h})})}
function m(s,l){let h=wt(t,s),r=t.uses(s),k=E=>[ft(d[E.kind],d[E.kind].word)," ",$(E.claim)],L=([E,S])=>{let x=h.filter(
b=>S.includes(b.kind));return x.length?Et(E,...dt(x,o)):[]},v=e.address({claim:s,map:!l,to:-1});return[u(s),I("h2",null,
f.text[s]),f.standing[s]>=0?I("p",{class:"stands"},w[f.standing[s]]):"",y(s),St(I("a",{href:`#${encodeURIComponent(f.key[s])}`},
"Link to this"),I("a",{href:v},l?"Draw its dispute":"Show it among all claims")),a(s),...Lt.flatMap(L),...r.length?Et("I\
t is held for or against",...dt(r,k)):[]]}function g(s,l,h){let r=h&&`${h.length-1} ${h.length===2?"step":"steps"} betwe\
en two claims`,k=[ut("path"),I("h2",null,r||"No argument leads from one to the other"),St(I("a",{href:e.hrefOf(s)},"Back\
 to the claim"))];if(!h)return[...k,I("p",null,$(s)),I("p",null,$(l))];let L=(v,E)=>{let S=E+1<h.length&&t.near(v).get(h[E+
1]),x=S&&d[S.kind];return I("li",null,$(v),S?ft(x,S.out?x.word:x.inverse,"div"):"")};return[...k,I("ol",null,...h.map(L))]}
function p(s,l){return[ut(`${J(s.length)} of ${J(t.count)} claims`),I("h2",null,l),...dt(s,h=>[$(h),y(h)])]}return{claimDetails:m,
pathDetails:g,filterDetails:p}}function Me(t,{count:n,topics:e,topicOf:f},c,w){let d=-1;function M(u){d=u,w.reach(u);let{x:a,y:m}=c.middle(u),g=(p,s)=>p>=
40&&p<=s-40;g(a,t.clientWidth)&&g(m,t.clientHeight)||c.toClaims([u],c.view.scale)}let $=u=>M(d<0?0:Math.min(Math.max(d+u,
0),n-1)),y=u=>{let a=e[f[Math.max(d,0)]+u];a&&M(a[1])},i=()=>c.zoom(1.4),o={Escape:w.leave,"+":i,"=":i,"-":()=>c.zoom(1/
1.4),Home:()=>M(0),End:()=>M(n-1),PageDown:()=>y(1),PageUp:()=>y(-1),ArrowRight:()=>$(c.blocks.rows),ArrowLeft:()=>$(-c.
blocks.rows),ArrowDown:()=>$(1),ArrowUp:()=>$(-1)};t.addEventListener("keydown",u=>{let m=u.key==="Enter"&&d>=0?()=>w.open(
d):Object.hasOwn(o,u.key)&&o[u.key];m&&(m(),u.preventDefault())})}var P=t=>Math.round(t*100)/100,tn=/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
ke=t=>String(t).replace(/[<>&"]/g,n=>`&#${n.charCodeAt(0)};`).replace(tn,"");function It(t,n,e=null){let f=Object.entries(
n).filter(([,w])=>w!==void 0),c=`<${t}${f.map(([w,d])=>` ${w}="${ke(d)}"`).join("")}`;return e===null?`${c}/>`:`${c}>${e}\
</${t}>`}var Rt=(t,n,e,f)=>({x:P(t),y:P(n),width:P(e),height:P(f)});function Se(){let t=document.createElement("canvas").
getContext("2d"),n=[],e=[],f=[],c=(M,$,y)=>n.push(It(M,{...$,opacity:d.globalAlpha},y)),w=()=>({fill:"none",stroke:d.strokeStyle,
"stroke-width":P(d.lineWidth)}),d={fillStyle:"#000",strokeStyle:"#000",lineWidth:1,globalAlpha:1,textAlign:"left",textBaseline:"\
alphabetic",font:"10px sans-serif",beginPath(){e=[]},moveTo:(M,$)=>e.push(`M${P(M)} ${P($)}`),lineTo:(M,$)=>e.push(`${e.
length?"L":"M"}${P(M)} ${P($)}`),closePath:()=>e.push("Z"),rect:(M,$,y,i)=>e.push(`M${P(M)} ${P($)}h${P(y)}v${P(i)}h${P(
-y)}z`),roundRect(M,$,y,i,o){let u=Math.min(o,y/2,i/2),a=(p,s)=>`a${u} ${u} 0 0 1 ${p*u} ${s*u}`,[m,g]=[P(y-2*u),P(i-2*u)];
e.push(`M${P(M+u)} ${P($)}h${m}${a(1,1)}v${g}${a(-1,1)}`),e.push(`h${-m}${a(-1,-1)}v${-g}${a(1,-1)}z`)},arc:(M,$,y)=>e.push(
`M${P(M-y)} ${P($)}a${y} ${y} 0 1 0 ${2*y} 0a${y} ${y} 0 1 0 ${-2*y} 0z`),quadraticCurveTo:(M,$,y,i)=>e.push(`Q${P(M)} ${P(
$)} ${P(y)} ${P(i)}`),setLineDash(M){f=M},measureText(M){return t.font=d.font,t.measureText(M)},fill:()=>c("path",{d:e.join(
""),fill:d.fillStyle}),stroke:()=>c("path",{d:e.join(""),...w(),"stroke-dasharray":f.map(P).join(" ")||"none"}),fillRect:(M,$,y,i)=>c(
"rect",{...Rt(M,$,y,i),fill:d.fillStyle}),strokeRect:(M,$,y,i)=>c("rect",{...Rt(M,$,y,i),...w()}),fillText(M,$,y,i){let o=/^(\d+)? ?([\d.]+)px (.*)$/.
exec(d.font)||[null,"400","12","sans-serif"],[,u,a,m]=o,g=i&&d.measureText(M).width>i,p={x:P($),y:P(y+(d.textBaseline===
"middle"?Number(a)*.35:0)),textLength:g?P(i):void 0,lengthAdjust:g?"spacingAndGlyphs":void 0,"text-anchor":{center:"midd\
le",right:"end"}[d.textAlign]||"start"},s={"font-family":m,"font-size":a,"font-weight":u||400,fill:d.fillStyle};c("text",
{...p,...s},ke(M))},text(M,$,y,i,o){let u="http://www.w3.org/2000/svg",a=[M,$,y,i].map(P).join(" "),m=It("rect",{...Rt(M,
$,y,i),fill:o}),g={width:P(y),height:P(i)};return It("svg",{xmlns:u,viewBox:a,...g},m+n.join(""))}};return d}var en=52,et=10.5,nn=8;function Ee(t,n,e,f){let{topics:c,claims:w,blocks:d,cell:M,shares:$,looks:y}=t;function i(r,k){let{
scale:L}=e.now,v=$.map(b=>z(y[b].colour)),E=Math.min(6,L*.1),[S,x]=[M*L-E,L-E];r.fillStyle=z("faint"),r.fillRect(0,0,e.wide(),
e.high());for(let b=0;b<c.length;b+=1){if(!e.isSeen(b))continue;let[,O,A]=c[b];for(let D=O;D<O+A;D+=1){let{x:F,y:W}=n(D),
[C,N]=e.to(F,W);C>=e.wide()||C+S<=0||N>=e.high()||N+x<=0||(r.globalAlpha=k&&!k[D]?.25:1,o(r,D,C,N,S,x,v))}}r.globalAlpha=
1}function o(r,k,L,v,E,S,x){r.fillStyle=z("claim-tint"),r.fillRect(L,v,E,S),r.strokeStyle=z("edge"),r.lineWidth=1,r.strokeRect(
L,v,E,S);let b=t.tally(k),O=S<28?S:Math.max(4,S*.12);u(r,b,L,v,E,S,O,x),S>=en?a(r,k,L+7,v+O+4,E-12,S-O-8,b,x):S>=O+et+4&&
m(r,b,x,L+4,v+O+(S-O)/2,E-6,et)}function u(r,k,L,v,E,S,x,b){let O=k.reduce((D,[,F])=>D+F,0),A=L;for(let[D,F]of k){let W=E*
F/O,C=x===S&&pt(D)?S/2:0;r.fillStyle=b[$.indexOf(D)],r.fillRect(A,v+C,Math.max(1,W-.5),x-C),A+=W}}function a(r,k,L,v,E,S,x,b){
let O=Math.min(15,Math.max(et,S/5.2)),A=O+4,D=O*1.18,F=Q(r,w.text[k],`400 ${O}px ${Z}`,E,Math.floor((S-A)/D));r.fillStyle=
z("ink"),g(r),F.forEach((W,C)=>p(r,W,L,v+D*(C+.5),r.measureText(W).width,O)),m(r,x,b,L,v+S-A/2+1,E,Math.max(et,O*.88))}function m(r,k,L,v,E,S,x){
g(r);let b=k.map(([O,A])=>`${y[O].sign} ${A}`);fe(r,b,`700 ${x}px ${H}`,S,x*.7,3).forEach(({text:O,x:A,width:D},F)=>{r.fillStyle=
L[$.indexOf(k[F][0])],p(r,O,v+A,E,D,x)})}function g(r){r.textAlign="left",r.textBaseline="middle"}function p(r,k,L,v,E,S){
r.fillText(k,L,v),f({text:k,pixels:S,x:L,y:v-S*.55,w:E,h:S*1.1})}function s(r){let k=d.head*e.now.scale,L=Math.min(15,Math.
max(et,k*.62));if(g(r),k<et*1.15)return h(r);r.font=`600 ${L}px ${H}`,r.fillStyle=z("ink"),c.forEach(([v],E)=>{let[S,x]=e.
to(...d.corners[E]);if(x<0||x-k>e.high()||S>e.wide())return;let b=r.measureText(v).width;if(S+b<0)return;let O=l(E,S),[A]=b<=
O?[v]:Q(r,v,r.font,O,1);!A||A.length<=Math.min(3,v.length-1)||p(r,A,S,x-k*.45,r.measureText(A).width,L)})}function l(r,k){
let[L,v]=d.corners[r],E=d.corners[r+1];return r+1<c.length&&E[1]===v?(E[0]-L)*e.now.scale-6:e.wide()-k}function h(r){r.font=
`600 11px ${H}`;let k=-1/0;c.forEach(([L],v)=>{let[E,S]=d.corners[v];if(v&&d.corners[v-1][1]===S)return;let[x,b]=e.to(E,
S+d.rows/2);if(b<6||b>e.high()-6||b-k<16)return;k=b;let O=Q(r,L,r.font,e.margin()-14,1)[0]||"",A=r.measureText(O).width,
D=Math.max(5,x-A-nn);r.fillStyle=z("paper"),r.globalAlpha=.9,r.fillRect(D-3,b-7.5,A+6,15),r.globalAlpha=1,r.fillStyle=z(
"ink"),p(r,O,D,b,A,11)})}return{boxes:i,headings:s}}var[on,sn]=[.92,.16];function be(t,n){let e=z("faint"),f=(w,d)=>parseInt(w.slice(1+2*d,3+2*d),16),c=w=>Math.round(f(t,w)*
n+f(e,w)*(1-n));return(255<<24|c(2)<<16|c(1)<<8|c(0))>>>0}function Le({topics:t,claims:n,blocks:e,cell:f,shares:c,looks:w}){
let d=c.map(p=>Int32Array.from(n[p])),M=p=>d.reduce((s,l)=>s+l[p],0),$=Int32Array.from(n.text,(p,s)=>M(s)),y=c.map(pt),i=null,
o=null;function u(){let p=[...c.map(l=>z(w[l].colour)),z("edge")],s=l=>p.map(h=>be(h,l));return{ground:be(z("faint"),1),
full:s(on),pale:s(sn)}}function a(p,s,l,h){let{width:r,height:k}=p.canvas;(!o||o.width!==r||o.height!==k)&&(o=p.createImageData(
r,k));let L=new Uint32Array(o.data.buffer);i=i||u(),L.fill(i.ground);let{x:v,y:E,scale:S}=s.now,x=S*l,b=x>=3.5?1:0;for(let O=0;O<
t.length;O+=1){if(!s.isSeen(O))continue;let[,A,D]=t[O],[F,W]=[(e.corners[O][0]-v)*x,(e.corners[O][1]-E)*x];for(let C=0;C<
D;C+=1){let[N,j]=[C/e.rows|0,C%e.rows],U=Math.round(F+N*f*x),K=Math.max(U+1,Math.round(F+(N+1)*f*x)-b),kt=Math.round(W+j*
x),Ut=Math.max(kt+1,Math.round(W+(j+1)*x)-b);K<=0||U>=r||Ut<=0||kt>=k||m(L,r,k,A+C,h,U,kt,K,Ut)}}p.putImageData(o,0,0)}function m(p,s,l,h,r,k,L,v,E){
let S=r&&!r[h]?i.pale:i.full,x=$[h],b=0,O=k;for(let A=0;A<=c.length;A+=1){let D=A===c.length;b+=D?0:d[A][h];let F=D?v:x?
k+Math.round((v-k)*b/x):k;if(F<=O)continue;let W=D?E-1:y[A]?L+(E-L>>1):L,C=S[A],N=O<0?0:O,j=F>s?s:F;for(let U=W<0?0:W;U<
E&&U<l;U+=1)for(let K=U*s+N;K<U*s+j;K+=1)p[K]=C;O=F}}return{draw:a,recolour:()=>{i=null}}}function ve(t,n,e,f){let c=new Map,w=0,d=y=>{let{left:i,top:o}=t.getBoundingClientRect();return[y.clientX-i,y.clientY-o]};
t.addEventListener("pointerdown",y=>{c.set(y.pointerId,d(y)),w=c.size>1?1/0:0,t.setPointerCapture(y.pointerId)}),t.addEventListener(
"pointermove",y=>{let[i,o]=d(y),u=c.get(y.pointerId);if(!u)return e(i,o);let[a,m]=[i-u[0],o-u[1]];w+=Math.abs(a)+Math.abs(
m);let g=[...c].filter(([p])=>p!==y.pointerId);if(c.set(y.pointerId,[i,o]),g.length)return M(u,[i,o],g[0][1]);w>4&&n.pan(
a,m)});function M(y,i,o){let u=([a,m])=>Math.hypot(a-o[0],m-o[1])||1;n.zoom(u(i)/u(y),(i[0]+o[0])/2,(i[1]+o[1])/2)}let $=y=>{
c.delete(y.pointerId)&&y.type==="pointerup"&&w<=4&&f(...d(y))};t.addEventListener("pointerup",$),t.addEventListener("poi\
ntercancel",$),t.addEventListener("pointerleave",()=>e(-1,-1)),t.addEventListener("wheel",y=>{y.preventDefault(),n.zoom(
Math.exp(-y.deltaY*(y.deltaMode?.05:.002)),...d(y))},{passive:!1})}var rn=12,cn=44;function Oe(t,n){let{looks:e,cell:f}=t;function c(i,o,u){o.length?o.slice(1).forEach((a,m)=>d(i,o[m],a,t.
near(o[m]).get(a))):u>=0&&w(i,u),i.setLineDash([])}function w(i,o){let u=t.near(o);if(u.size<=rn)for(let[a,m]of u)d(i,o,
a,m)}function d(i,o,u,{kind:a,out:m}){let[g,p]=[n.middle(o),n.middle(u)],[s,l]=m?[g,p]:[p,g],h=e[a],r={x:(s.x+l.x)/2+(l.
y-s.y)*.12,y:(s.y+l.y)/2-(l.x-s.x)*.12};i.strokeStyle=i.fillStyle=z(h.colour),i.lineWidth=2,i.setLineDash(h.dash),i.beginPath(),
i.moveTo(s.x,s.y),i.quadraticCurveTo(r.x,r.y,l.x,l.y),i.stroke(),M(i,l,Math.atan2(l.y-r.y,l.x-r.x)),!(Math.hypot(l.x-s.x,
l.y-s.y)<cn)&&$(i,h,s.x/4+r.x/2+l.x/4,s.y/4+r.y/2+l.y/4)}function M(i,{x:o,y:u},a){i.setLineDash([]),i.beginPath(),i.moveTo(
o,u);for(let m of[-.4,.4])i.lineTo(o-9*Math.cos(a+m),u-9*Math.sin(a+m));i.fill()}function $(i,o,u,a){i.beginPath(),i.arc(
u,a,8,0,2*Math.PI),i.fillStyle=z("paper"),i.fill(),i.lineWidth=1.2,i.stroke(),i.fillStyle=z(o.colour),i.font=`700 12px ${H}`,
i.textAlign="center",i.textBaseline="middle",i.fillText(o.sign,u,a+.5),i.textAlign="left"}function y(i,o,u){if(o<0)return;
let{x:a,y:m}=n.middle(o),[g,p]=[Math.max(7,f*n.now.scale),Math.max(7,n.now.scale)];for(let[s,l]of[["paper",5],[u,2.5]])i.
strokeStyle=z(s),i.lineWidth=l,i.strokeRect(a-g/2-1,m-p/2-1,g+2,p+2)}return{threads:c,ring:y}}function Ae(t,{topics:n,blocks:e,cell:f},c,w){let d={x:0,y:0,scale:1},M=()=>t.clientWidth,$=()=>t.clientHeight,y=()=>e.named&&
M()>=600?12:Math.min(92,M()*.2),i=()=>Math.min((M()-y()-12)/e.width,($()-24)/e.height),o=()=>Math.max(190,i()),u=E=>Math.
ceil(n[E][2]/e.rows);function a(E,S,x,b=M()/2,O=$()/2){d.scale=Math.min(Math.max(E,i()*.8),o()),d.x=S-b/d.scale,d.y=x-O/
d.scale,w()}let m=(E,S)=>({x:d.x+E/d.scale,y:d.y+S/d.scale}),g=(E,S)=>[(E-d.x)*d.scale,(S-d.y)*d.scale],p=()=>a(i(),e.width/
2,e.height/2,(M()+y()-12)/2);function s(E,S=M()/2,x=$()/2){let{x:b,y:O}=m(S,x);a(d.scale*E,b,O,S,x)}function l(E,S){d.x-=
E/d.scale,d.y-=S/d.scale,w()}function h(E){let[S,x]=e.corners[E],b=u(E)*f,O=Math.min((M()-60)/b,($()-80)/(e.rows+e.head));
a(Math.min(O,110),S+b/2,x+(e.rows-e.head)/2)}function r(E,S=0){let x=E.map(c),[b,O]=[x.map(({x:N})=>N),x.map(({y:N})=>N)],
[A,D,F,W]=[Math.min(...b),Math.max(...b)+f,Math.min(...O),Math.max(...O)+1],C=Math.min((M()-60)/(D-A),($()-60)/(W-F),90);
a(Math.max(C,S),(A+D)/2,(F+W)/2)}function k(E){let[S,x]=g(...e.corners[E]),b=u(E)*f*d.scale;return S<M()&&S+b>0&&x<$()&&
x+e.rows*d.scale>0}function L(E){let{x:S,y:x}=c(E),[b,O]=g(S+f/2,x+.5);return{x:b,y:O}}function v(E,S){let{x,y:b}=m(E,S);
for(let O=0;O<n.length;O+=1){let[,A,D]=n[O],[F,W]=e.corners[O],[C,N]=[Math.floor((x-F)/f),Math.floor(b-W)],j=C*e.rows+N;
if(C>=0&&N>=0&&N<e.rows&&j<D)return{claim:A+j,topic:O};if(b<W&&b>W-e.head&&x>=F&&x<F+Math.max(f,u(O)*f))return{claim:-1,
topic:O}}return{claim:-1,topic:-1}}return{now:d,wide:M,high:$,margin:y,to:g,fit:p,zoom:s,pan:l,toTopic:h,toClaims:r,isSeen:k,
middle:L,hit:v}}var an=15;function Ce(t,n,e){let f={},c={...n,blocks:f},{topics:w,cell:d,topicOf:M,places:$}=c,y=t.getContext("2d"),i={lit:null,
path:[],chosen:-1},o=-1,u=[],a=0,m=C=>{let N=M[C],j=C-w[N][1],[U,K]=f.corners[N];return{x:U+Math.floor(j/f.rows)*d,y:K+j%
f.rows}},g=C=>Object.assign(f,$[C.clientWidth<C.clientHeight?1:0]),p=()=>{a=a||requestAnimationFrame(L)},s=Ae(t,c,m,p),l=Le(
c),h=Ee(c,m,s,C=>u.push(C)),{threads:r,ring:k}=Oe(c,s);function L(){a=0;let C=Math.min(devicePixelRatio||1,2),[N,j]=[Math.
round(s.wide()*C),Math.round(s.high()*C)];if((t.width!==N||t.height!==j)&&([t.width,t.height]=[N,j]),!N||!j)return;u=[],
y.setTransform(1,0,0,1,0,0);let U=s.now.scale<an;U&&l.draw(y,s,C,i.lit),y.setTransform(C,0,0,C,0,0),U||h.boxes(y,i.lit),
v(y)}function v(C){h.headings(C),r(C,i.path,o>=0?o:i.chosen),k(C,o,"ink"),k(C,i.chosen,"focus")}function E(){let C=Se();
return h.boxes(C,i.lit),v(C),C.text(0,0,s.wide(),s.high(),z("faint"))}ve(t,s,(C,N)=>{let{claim:j}=s.hit(C,N);j!==o&&(o=j,
e.point(j),p())},(C,N)=>e.choose(s.hit(C,N))),it(()=>{l.recolour(),p()});function S({lit:C=null,path:N=[],chosen:j=-1}){
i={lit:C,path:N,chosen:j},p()}let x=()=>({scale:s.now.scale,labels:u,corners:{x:s.now.x,y:s.now.y}}),{fit:b,zoom:O,pan:A,
toTopic:D,toClaims:F,middle:W}=s;return{blocks:f,shape:g,draw:L,svg:E,show:S,drawn:x,view:s.now,fit:b,zoom:O,pan:A,toTopic:D,
toClaims:F,middle:W}}var xt=["topic","relation","who","source","stance","standing","since","until"],ln=t=>Number((/\d{4}/.exec(t)||[""])[0])||
null;function Te(t){let{claims:n,count:e,topics:f,topicOf:c,states:w,stances:d,said:M,name:$}=t,y=null;function i(a,m){y=
y||n.text.map(l=>l.toLowerCase());let g=a.trim().toLowerCase(),[p,s]=[[],[]];if(!g)return[];for(let l=0;l<e&&p.length<m;l+=
1){let h=n.key[l]===g?0:y[l].indexOf(g);h===0?p.push(l):h>0&&s.length<m&&s.push(l)}return p.sort((l,h)=>y[l].length-y[h].
length||l-h),[...p,...s].slice(0,m)}function o({who:a,source:m,stance:g,since:p,until:s}){return l=>{if(a&&$(M.agent[l])!==
a||m&&$(M.source[l])!==m||g&&d[M.stance[l]]!==g)return!1;if(!(p||s))return!0;let h=ln(M.date[l]);return h&&!(p&&h<Number(
p))&&!(s&&h>Number(s))}}function u(a){if(!xt.some(x=>a[x]))return null;let{topic:m,relation:g,standing:p,who:s,source:l,
stance:h,since:r,until:k}=a,L=new Uint8Array(e).fill(1),v=x=>{for(let b=0;b<e;b+=1)x(b)||(L[b]=0)};if(m&&v(x=>f[c[x]][0]===
m),g&&v(x=>n[g][x]),p&&v(x=>w[n.state[x]]===p),!(s||l||h||r||k))return L;let E=o(a),S=new Uint8Array(e);return M.claim.forEach(
(x,b)=>{!S[x]&&E(b)&&(S[x]=1)}),L.map((x,b)=>x&S[b])}return{search:i,fitting:u}}function Dt(t,n){let e=new Int32Array(n+2);for(let c of t)c>=0&&(e[c+2]+=1);for(let c=2;c<e.length;c+=1)e[c]+=e[c-1];let f=new Int32Array(
e[n+1]);return t.forEach((c,w)=>{c>=0&&(f[e[c+1]++]=w)}),c=>f.subarray(e[c],e[c+1])}var un={who:"",source:"",date:"",quote:"",
language:"",address:""};function Ie(t){let{topics:n,claims:e,said:f,lines:c,names:w,addresses:d,kinds:M,shares:$}=t,y=e.
text.length,i=new Int32Array(y);n.forEach(([,l,h],r)=>i.fill(r,l,l+h));let o={saidOf:Dt(f.claim,y),linesTo:Dt(c.to,y),linesBy:Dt(
c.by,y)},u=l=>$.map(h=>[h,e[h][l]]).filter(([,h])=>h),a=l=>l>=0?w[l]:"";function m(l){if(l<0)return un;let h=f.source[l];
return{who:a(f.agent[l]),source:a(h),address:h>=0?d[h]:"",date:f.date[l],quote:f.quote[l],language:f.language[l],evidence:a(
f.evidence[l])}}let g=l=>Array.from(o.linesBy(l),h=>({kind:M[c.kind[h]],claim:c.to[h]})).filter(h=>h.claim>=0&&h.claim!==
l);function p(l){let h=new Map,r=(k,L,v)=>{k>=0&&h.set(k,{kind:M[c.kind[L]],out:v})};for(let k of o.linesTo(l))r(c.by[k],
k,!1);for(let k of o.linesBy(l))r(c.to[k],k,!0);return h.delete(l),h}function s(l,h){let r=new Int32Array(y).fill(-1);r[l]=
l;let k=[l];for(;k.length&&r[h]<0;){let v=[];for(let E of k)for(let S of p(E).keys())r[S]>=0||(r[S]=E,v.push(S));k=v}if(r[h]<
0)return null;let L=[h];for(;L[0]!==l;)L.unshift(r[L[0]]);return L}return{...t,...o,count:y,topicOf:i,tally:u,name:a,voice:m,
uses:g,near:p,path:s}}var R=Kt("o_"),q=Ie(ct(R("data"))),{claims:nt,topics:zt,names:Re,said:fn}=q,{search:Wt,fitting:De}=Te(q),ot=te(R,xt),{read:Pe,
write:dn,NONE:$t,HOME:X,numbered:hn,topicAt:Ne,isKnown:pn}=le(q,ot),T=Pe(),Mt=t=>dn({...T,...t}),G=t=>{location.hash=Mt(
t)},ze=(t,n=!1)=>Mt({...$t,claim:t,open:n}),jt=R("map");function Fe(t){R("hover").hidden=!t,R("hover").textContent=t}var B=Ce(
jt,q,{choose({claim:t,topic:n}){t>=0?G({...$t,claim:t}):n>=0&&G({...X,topic:zt[n][0]})},point:t=>Fe(t<0?"":`${nt.text[t]}\
 (${zt[q.topicOf[t]][0]})`)}),mn=xe(q,ze);function Bt(){let t=R("closeup"),[n,e]=[t.clientWidth-16,t.clientHeight-16];t.
replaceChildren(mn(T.claim,n,e,T.open)),t.scrollLeft=(t.scrollWidth-t.clientWidth)/2,t.scrollTop=n<700||T.open?0:(t.scrollHeight-
t.clientHeight)/2}function We(t){let n=([f])=>t&&f.toLowerCase().startsWith(t.toLowerCase()),e=zt.filter(n).slice(0,4);ee(
R,[...e.map(([f])=>f),...Wt(t,12).map(f=>nt.text[f])])}var Pt=$e(q,R,{address:Mt,hrefOf:ze,go:G,HOME:X,suggest:We,search:Wt});
function gn(t,n){return T.claim>=0&&T.to>=0?Pt.pathDetails(T.claim,T.to,t):T.claim>=0?Pt.claimDetails(T.claim,T.map):n?Pt.
filterDetails(n,ot.words(T,e=>e==="standing"&&q.stateWords[T[e]]||T[e])):[]}function wn(t){let n=Yt(T.unknown,"what is n\
ot here"),f=(T.claim>=0?`Details: ${nt.text[T.claim]}`:"")||(t?`${J(t.length)} claims fit`:"");ht(R,n||f,!!n)}var yn=t=>{
let n=new Uint8Array(q.count);for(let e of t)n[e]=1;return n},je=t=>[t,...q.near(t).keys()],xn=t=>[...t.keys()].filter(n=>t[n]),
st=null;function Be(){T=Pe();let t=De(T),e=T.claim>=0&&T.to>=0?q.path(T.claim,T.to):null,f=t&&T.claim<0?xn(t):null;Zt(R,
gn(e,f)),ot.show(T),R("clear").hidden=!ot.isAsked(T)&&T.claim<0;let c=T.claim>=0&&T.to<0&&!T.map;if(R("closeup").hidden=
!c,R("frame").hidden=c,c)Bt();else{let w=e||(T.claim>=0&&T.map?je(T.claim):null);B.show({lit:w?yn(w):t,path:e||[],chosen:T.
claim}),Ue(e,f)}st=T,wn(f)}function Ue(t,n){let e=xt.some(f=>!st||st[f]!==T[f]);t?B.toClaims(t):T.claim>=0?B.toClaims(je(
T.claim)):T.topic?B.toTopic(Ne.get(T.topic)):(e||!st||st.claim>=0)&&B.fit(),n&&n.length===1&&B.toClaims(n,40)}var qe=t=>ht(
R,`Nothing is called “${t}”.`,!0);_t(t=>hn.has(t),()=>{let t=document.activeElement;Be();let n=t&&(t===R("find")||t.
matches("a")||!t.isConnected||t===document.body);T.claim>=0&&n&&R("panel").focus()});ne(R,We,t=>{if(Ne.has(t))return G({
...X,topic:t});let[n]=Wt(t,1);if(n!==void 0)return G({...X,claim:n});let e=Re.find(f=>f.toLowerCase().includes(t.toLowerCase()));
if(!e)return qe(t);G({...X,[fn.agent.some(f=>Re[f]===e)?"who":"source"]:e})});ot.onChoice((t,n)=>{let e=n.trim();e&&!pn[t](
e)?qe(e):G({...$t,[t]:e})});R("clear").addEventListener("click",()=>G(X));R("bar").addEventListener("submit",t=>t.preventDefault());
R("closer").addEventListener("click",()=>B.zoom(1.6));R("farther").addEventListener("click",()=>B.zoom(1/1.6));var Ft=()=>ce(
T.claim>=0?nt.text[T.claim]:T.topic||document.title),He=()=>R("closeup").querySelector("svg"),Ge=t=>new XMLSerializer().
serializeToString(t);R("png").addEventListener("click",()=>{let t=He();return R("closeup").hidden?(B.draw(),bt(jt,Ft())):
ie(Ge(t),t.clientWidth,t.clientHeight,Ft())});R("svg").addEventListener("click",()=>re(R("closeup").hidden?B.svg():Ge(He()),
Ft()));Me(jt,q,B,{leave:()=>G(X),open:t=>G({...$t,claim:t}),reach(t){B.show({lit:De(T),chosen:t}),Fe(nt.text[t]);let n=q.
tally(t).map(([e,f])=>`${f} ${q.tallied[e]}`);ht(R,`${nt.text[t]}; ${n.join(", ")||"nothing is said to it"}`)}});it(()=>{
R("closeup").hidden||Bt()});var Nt="";new ResizeObserver(()=>{let t=`${R("stage").clientWidth} ${R("stage").clientHeight}`;
if(t===Nt)return;let n=!Nt;if(Nt=t,!n){if(B.shape(R("stage")),!R("closeup").hidden)return Bt();Ue(null,null),T.claim<0&&
!T.topic&&B.fit()}}).observe(R("stage"));ue(R,ot,q);R("bar").hidden=R("key").hidden=!1;R("key").open=innerWidth>900;for(let t of R(
"start").querySelectorAll("a[data-topic]"))t.href=Mt({...X,topic:t.dataset.topic});B.shape(R("stage"));Be();window.graphDrawn=
()=>({...B.drawn(),state:T});window.graphMapNow=B;document.documentElement.dataset.ready="yes";})();
