/* Script of a page, built from kg/pages/scripts/graph/ */
"use strict";
(()=>{function qt(t){try{return decodeURIComponent(t)}catch{return t}}var st=t=>t?t.split(","):[];function Ut(){let[t,...n]=location.
hash.slice(1).split("&");return{key:qt(t),fields:new URLSearchParams(n.join("&"))}}function Ft(t,n){let e=n.toString(),o=t===
null;return`#${o?"":encodeURIComponent(t)}${e||o?"&":""}${e}`}function Gt(t,n){let e=t.map(o=>`“${o}”`).join(", ");return e&&
`The address names ${n}; left out: ${e}.`}function Ht(t,n){addEventListener("hashchange",()=>{let e=qt(location.hash.slice(
1));e&&!t(e.split("&")[0])&&document.getElementById(e)||n()})}var zt=t=>n=>document.getElementById(`${t}${n}`),at=t=>JSON.parse(t.textContent);function C(t,n,...e){let o=document.createElement(
t);for(let[s,u]of Object.entries(n||{}))u&&o.setAttribute(s,u);return o.append(...e.filter(s=>s!==""&&s!=null)),o}var _t=(t,n={})=>t.map(e=>C("option",{value:String(e)},n[e]||String(e)));var Yt=t=>/^https?:\/\//i.test(t),ft=t=>t&&!/^en\b/i.test(t)?t:"";var tt=(...t)=>C("p",{class:"kicker"},...t),vt=(...t)=>C("p",{class:"actions"},...t),Jt=(t,n)=>C("a",{href:t,rel:"norefe\
rrer"},n),K=(t,...n)=>n.length?[C("h3",null,t),...n]:[],St=(t,n,e="span")=>C(e,{class:`verb ink-${t.colour}`},`${t.sign}\
 ${n}`.trim()),Qt=(t,n,...e)=>C("blockquote",null,C("p",{lang:ft(n)},`“${t}”`),...e);function Vt(t,n){t("details").replaceChildren(...n),t("details").hidden=!n.length,t("start").hidden=!!n.length,t("panel").
scrollTop=0}function $t(t,n,e=!1){t("status").textContent=n,t("status").classList.toggle("unseen",!e)}var te=["since","until"];function Kt(t,n){let e=Object.fromEntries(n.map(a=>[a,""])),o=a=>n.some(p=>a[p]),s=(a,p)=>te.includes(
a)?`${a} ${p}`:p;function u(a){for(let p of n)t(p).value=a[p]}function l(a,p){for(let m of n)p[m]&&a.set(m,p[m])}function c(a,p){
return n.filter(m=>a[m]).map(m=>s(m,p(m))).join(", ")}function f(a){for(let p of n)t(p).addEventListener("change",({target:m})=>a(
p,m.value))}return{fields:n,none:e,isAsked:o,show:u,write:l,words:c,onChoice:f,hide:(a,p)=>{t(a).parentElement.hidden=p}}}var Zt=(t,n)=>t("names").replaceChildren(...n.map(e=>C("option",{value:e})));function Xt(t,n,e){t("find").addEventListener(
"input",({target:o})=>n(o.value)),t("find").addEventListener("change",({target:o})=>{let s=o.value.trim();s&&e(s)})}function tn(t,n,e,o,s){
let u=t("names").id,l=C("input",{type:"search",list:u,autocomplete:"off","aria-label":n,placeholder:e});return l.addEventListener(
"input",()=>o(l.value)),l.addEventListener("change",()=>s(l.value)),C("div",{class:"path"},l)}function nn(t,n){let e=document.createElement("a");e.href=URL.createObjectURL(t),e.download=n,document.body.append(e),e.
click(),e.remove(),setTimeout(()=>URL.revokeObjectURL(e.href),6e4)}var en=(t,n)=>nn(new Blob([t],{type:"image/svg+xml"}),
`${n}.svg`),ne=(t,n)=>new Promise(e=>{t.toBlob(o=>{nn(o,`${n}.png`),e()},"image/png")});async function on(t,n,e,o){let s=new Image;
s.src=`data:image/svg+xml;charset=utf-8,${encodeURIComponent(t)}`,await s.decode();let u=document.createElement("canvas"),
l=Math.min(2,8e3/Math.max(n,e));return[u.width,u.height]=[Math.ceil(n*l),Math.ceil(e*l)],u.getContext("2d").drawImage(s,
0,0,u.width,u.height),ne(u,o)}var sn=t=>t.toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(/^-|-$/g,"").slice(0,60)||"gr\
aph";var ee=["on","to","view","show","off","open"];function rn(t,n,e,o){let{cards:s,looks:u,named:l,keyOf:c,middleOf:f}=t,{contents:d,
around:a}=n,p=new Set(Object.values(s).map(h=>h.group)),m=new Set(Object.keys(u));function w(){let{key:h,fields:v}=Ut(),
A=[...ee,...e.fields],y=[...v.keys()].filter(x=>!A.includes(x)),O=(x,r,b)=>b||!r?r:(y.push(`${x} ${r}`.trim()),""),E=(x,r)=>l.
has(r)||!x&&document.getElementById(r),L=(x,r)=>l.get(O(x,r,E(x,r)))||"",N=x=>{let r=L(x,v.get(x));return s[r]?r:""},M=(x,r)=>new Set(
st(v.get(x)).filter(b=>O(x,b,r.has(b)))),g={id:L("",h),on:L("on",v.get("on")),to:N("to"),open:v.has("open"),off:M("off",
m),unknown:y};for(let x of e.fields){let r=v.get(x),b=[...o(x).options].some(S=>S.value===r);g[x]=O(x,r||"",b)}return O(
"view",v.get("view"),v.get("view")==="all"),s[g.id]||(g.to=""),g.to?{...g,all:!1,on:"",shown:null}:(g.all=v.get("view")===
"all"||e.isAsked(g)||!d&&!a.length,g.shown=v.has("show")?M("show",p):null,k(g))}function k(h){return a.length?{...h,id:h.
id||(h.all?"":a[0]),on:h.all?"":a[0]}:(!h.all&&!h.on&&h.id&&(h.on=f(h.id)),!h.all&&!h.on&&!d.places.length&&(h.all=!0),h)}
function i(h){let v=new URLSearchParams,A=h.id&&f(h.id);return!h.all&&h.on&&h.on!==A&&v.set("on",c.get(h.on)),h.all&&d&&
!e.isAsked(h)&&v.set("view","all"),h.shown&&v.set("show",[...h.shown].join(",")),h.id&&h.to&&v.set("to",c.get(h.to)),h.open&&
h.on&&v.set("open","1"),h.off.size&&v.set("off",[...h.off].join(",")),e.write(v,h),Ft(h.id?c.get(h.id):null,v)}return{read:w,
write:i,HOME:{id:"",on:"",to:"",open:!1,all:!1,...e.none}}}var oe=matchMedia("(prefers-reduced-motion: reduce)");function Mt(t){if(!t.length)return[0,0,1,1];let n=(e,o)=>t.map(({[o]:s,
box:u})=>s+e*u[o==="x"?0:1]/2);return[Math.min(...n(-1,"x")),Math.min(...n(-1,"y")),Math.max(...n(1,"x")),Math.max(...n(
1,"y"))]}function ln(t,n,e){return function(s,u,l){if(!s.length)return;let[c,f,d,a]=Mt(s),[p,m]=[n.clientWidth-40,n.clientHeight-
40],w=Math.max(Math.min(p/(d-c),m/(a-f),1.1),u),k=l||{x:c,y:f},i={x:cn(k.x,c,d,p/w),y:cn(k.y,f,a,m/w)},h=!e()&&!oe.matches&&
{duration:350,easingFunction:"easeInOutQuad"};t.moveTo({position:i,scale:w,animation:h})}}function cn(t,n,e,o){return e-
n<=o?(n+e)/2:Math.min(Math.max(t,n+o/2),e-o/2)}var se=getComputedStyle(document.documentElement),ut=new Map;function F(t){return ut.has(t)||ut.set(t,se.getPropertyValue(
`--${t}`).trim()),ut.get(t)}function an(t){matchMedia("(prefers-color-scheme: dark)").addEventListener("change",()=>{ut.
clear(),t()})}var B=t=>Math.round(t*100)/100,re=/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
fn=t=>String(t).replace(/[<>&"]/g,n=>`&#${n.charCodeAt(0)};`).replace(re,"");function Ot(t,n,e=null){let o=Object.entries(
n).filter(([,u])=>u!==void 0),s=`<${t}${o.map(([u,l])=>` ${u}="${fn(l)}"`).join("")}`;return e===null?`${s}/>`:`${s}>${e}\
</${t}>`}var Et=(t,n,e,o)=>({x:B(t),y:B(n),width:B(e),height:B(o)});function un(){let t=document.createElement("canvas").
getContext("2d"),n=[],e=[],o=[],s=(c,f,d)=>n.push(Ot(c,{...f,opacity:l.globalAlpha},d)),u=()=>({fill:"none",stroke:l.strokeStyle,
"stroke-width":B(l.lineWidth)}),l={fillStyle:"#000",strokeStyle:"#000",lineWidth:1,globalAlpha:1,textAlign:"left",textBaseline:"\
alphabetic",font:"10px sans-serif",beginPath(){e=[]},moveTo:(c,f)=>e.push(`M${B(c)} ${B(f)}`),lineTo:(c,f)=>e.push(`${e.
length?"L":"M"}${B(c)} ${B(f)}`),closePath:()=>e.push("Z"),rect:(c,f,d,a)=>e.push(`M${B(c)} ${B(f)}h${B(d)}v${B(a)}h${B(
-d)}z`),roundRect(c,f,d,a,p){let m=Math.min(p,d/2,a/2),w=(h,v)=>`a${m} ${m} 0 0 1 ${h*m} ${v*m}`,[k,i]=[B(d-2*m),B(a-2*m)];
e.push(`M${B(c+m)} ${B(f)}h${k}${w(1,1)}v${i}${w(-1,1)}`),e.push(`h${-k}${w(-1,-1)}v${-i}${w(1,-1)}z`)},arc:(c,f,d)=>e.push(
`M${B(c-d)} ${B(f)}a${d} ${d} 0 1 0 ${2*d} 0a${d} ${d} 0 1 0 ${-2*d} 0z`),quadraticCurveTo:(c,f,d,a)=>e.push(`Q${B(c)} ${B(
f)} ${B(d)} ${B(a)}`),setLineDash(c){o=c},measureText(c){return t.font=l.font,t.measureText(c)},fill:()=>s("path",{d:e.join(
""),fill:l.fillStyle}),stroke:()=>s("path",{d:e.join(""),...u(),"stroke-dasharray":o.map(B).join(" ")||"none"}),fillRect:(c,f,d,a)=>s(
"rect",{...Et(c,f,d,a),fill:l.fillStyle}),strokeRect:(c,f,d,a)=>s("rect",{...Et(c,f,d,a),...u()}),fillText(c,f,d,a){let p=/^(\d+)? ?([\d.]+)px (.*)$/.
exec(l.font)||[null,"400","12","sans-serif"],[,m,w,k]=p,i=a&&l.measureText(c).width>a,h={x:B(f),y:B(d+(l.textBaseline===
"middle"?Number(w)*.35:0)),textLength:i?B(a):void 0,lengthAdjust:i?"spacingAndGlyphs":void 0,"text-anchor":{center:"midd\
le",right:"end"}[l.textAlign]||"start"},v={"font-family":k,"font-size":w,"font-weight":m||400,fill:l.fillStyle};s("text",
{...h,...v},fn(c))},text(c,f,d,a,p){let m="http://www.w3.org/2000/svg",w=[c,f,d,a].map(B).join(" "),k=Ot("rect",{...Et(c,
f,d,a),fill:p}),i={width:B(d),height:B(a)};return Ot("svg",{xmlns:m,viewBox:w,...i},k+n.join(""))}};return l}var Y="Helvetica Neue, Helvetica, Arial, Liberation Sans, dv, nt, sans-serif",At="Georgia, Times New Roman, Liberation S\
erif, dvs, nts, serif";function dt(t,n,e,o,s){t.font=e;let u=[],l="";for(let f of n.split(/(?<=_)|\s+/)){let d=l&&!l.endsWith(
"_")?" ":"";if(t.measureText(l+d+f).width<=o){l+=d+f;continue}for(l&&u.push(l);u.length<=s&&t.measureText(f).width>o&&f.
length>1;){let a=f.length-1;for(;a>1&&t.measureText(f.slice(0,a)).width>o;)a-=1;u.push(f.slice(0,a)),f=f.slice(a)}if(l=f,
u.length>s)break}if(l&&u.push(l),u.length<=s)return u;let c=u[s-1]||"";for(;c&&t.measureText(`${c}…`).width>o;)c=c.slice(
0,-1);return s?[...u.slice(0,s-1),`${c.replace(/[\s,;:.(]+$/,"")}…`]:[]}function dn(t,n,e,o,s,u){t.font=e;let l=n.map(
a=>t.measureText(a).width),c=o-l.reduce((a,p)=>a+p,0),f=Math.min(s,c/Math.max(1,n.length-1));if(f<u)return[];let d=0;return n.
map((a,p)=>{let m={text:a,x:d,width:l[p]};return d+=l[p]+f,m})}var pn=document.getElementById("vocabulary"),ie={stances:{affirms:"supports",denies:"opposes",doubts:"doubts","no eviden\
ce":"no evidence",inconclusive:"inconclusive","stance not stated":"stance not stated"},plain:"affirms",arguments:["suppo\
rts","opposes","undercuts","qualifies","direction not stated"],turned:{opposes:{doubts:"doubts"}},groups:[["For it",["su\
pports"]],["Against it",["opposes"]],["Doubting it",["doubts"]],["On the evidence",["undercuts"]],["Limiting it",["quali\
fies"]],["Finding no evidence",["no evidence"]],["Inconclusive",["inconclusive"]],["Neither for nor against",["stance no\
t stated","direction not stated"]]],pro:["supports"],low:["opposes","doubts","undercuts"],unstated:{argument:"direction \
not stated",statement:"stance not stated"}},rt={...ie,...pn&&at(pn)},pt=Object.keys(rt.stances),hn=rt.plain,ce=rt.groups,
co=ce.flatMap(([,t])=>t),ht=new Set([...rt.arguments,...pt]);var Lt=t=>t.relation||rt.unstated[t.kind];var it=10.2,le=14,ae=.76;function mn({looks:t,type:{size:n,line:e,pad:o,gap:s}},u){let l=new Map;return(a,p,m)=>{let w=Math.
ceil(it/m*4)/4,k=`${p.key} ${Math.max(w,n.head)}`;return l.has(k)||l.set(k,w<=n.head?c(a,p):f(a,p,w)),l.get(k)};function c(a,p){
let m=p.kind==="statement",w=m||p.kind==="claim"?At:Y,[k,i]=[o+(m?3:0),p.box[0]-2*o],h=p.foot||[],A=(p.word?e.head:0)+h.
length*e.foot+(p.foot?s:0)+(p.tally?e.tally:0),y=Math.max(1,Math.floor((p.box[1]-2*o-A+1)/e.text)),O=[],E=o,L=(g,x,r,b,S)=>{
O.push({text:g,dx:k,dy:E+e[x]*ae,font:r,colour:S,type:b,room:i}),E+=e[x]};if(p.word){let g=`600 ${n.head}px ${Y}`,[x]=dt(
a,p.word,g,i,1);L(x,"head",g,n.head,p.kind==="claim"?"soft":u(p))}let N=n.text+(w===At?1:0),M=`400 ${N}px ${w}`;for(let g of dt(
a,p.name,M,i,y))L(g,"text",M,N,"ink");E+=s;for(let g of h)L(g,"foot",`400 ${n.foot}px ${Y}`,n.foot,"soft");return[...O,...d(
a,p,k,E+e.tally*.72,14)]}function f(a,p,m){let[w,k]=[p.box[0]-16,p.box[1]-8],i=M=>`500 ${M}px ${Y}`,h=M=>{let g=Math.floor(
(k-(p.tally?M*1.2:0))/(M*1.15));return dt(a,p.name,i(M),w,Math.max(0,g))},v=M=>!M.length||M[M.length-1].endsWith("…")&&
!p.name.endsWith("…"),A=m*1.2,y=h(A);for(;A>m&&v(y);)A=Math.max(m,A-m*.08),y=h(A);if(v(y)&&y.join("").length<le)return[];
let O=k-y.length*A*1.15,E=p.tally&&O>=A*1.2?A*1.2:0,L=4+(O-E)/2,N=y.map((M,g)=>{let x=L+(g+.85)*A*1.15;return{text:M,dx:8,
dy:x,font:i(A),colour:"ink",type:A,room:w}});return E?[...N,...d(a,p,8,L+y.length*A*1.15+A,A)]:N}function d(a,p,m,w,k){let i=`\
700 ${k}px ${Y}`,h=p.tally||[],v=h.map(([y,O])=>`${t[y].sign} ${O}`);return dn(a,v,i,p.box[0]-m-6,k,k*.25).map(({text:y,
x:O,width:E},L)=>{let{colour:N}=t[h[L][0]];return{text:y,dx:m+O,dy:w,font:i,colour:N,type:k,room:E+1}})}}var gn=14,fe=34,wn=11.5,ue=88,yn={agent:(t,n,e,o,s)=>t.roundRect(n,e,o,s,Math.min(s/2,18)),study:(t,n,e,o,s)=>t.roundRect(
n,e,o,s,9),source:(t,n,e,o,s)=>{t.moveTo(n,e),t.lineTo(n+o-gn,e),t.lineTo(n+o,e+gn),t.lineTo(n+o,e+s),t.lineTo(n,e+s),t.
closePath()},plain:(t,n,e,o,s)=>t.rect(n,e,o,s)};function Tt(t,n){let{looks:e}=t,o=[],s=i=>i.kind==="statement"?e[Lt(i)].
colour:t.colours[i.kind]||i.kind,u=mn(t,s);function l(i,h,v,A,y){let O=e[Lt(h)],E=Math.max(16,it/n());i.beginPath(),i.arc(
v,A,h.box[0]/2-2,0,2*Math.PI),i.fillStyle=F("paper"),i.fill(),i.lineWidth=y?4:2,i.strokeStyle=F(y?"focus":O.colour),i.stroke(),
!(E>h.box[0]-4)&&(i.fillStyle=F(O.colour),i.font=`700 ${E}px ${Y}`,i.textAlign="center",i.textBaseline="middle",i.fillText(
O.sign,v,A+E*.05),o.push({text:O.sign,type:E,x:v-E*.3,y:A-E/2,w:E*.6,h:E}))}function c(i,h,v,A,y,O){let[E,L]=h.box,[N,M]=[
v-E/2,A-L/2],g=F(s(h));i.beginPath(),(yn[h.kind]||yn.plain)(i,N,M,E,L),i.fillStyle=F(`${s(h)}-tint`),i.fill(),i.setLineDash(
h.kind==="interest"?[5,4]:[]),i.lineWidth=y?4:O?2.5:1.2,i.strokeStyle=y?F("focus"):g,i.stroke(),i.setLineDash([]),i.fillStyle=
g,h.kind==="claim"&&i.fillRect(N,M,E,3.5),h.kind==="statement"&&i.fillRect(N,M,5,L);for(let x of u(i,h,n()))f(i,x,N,M)}function f(i,{
text:h,dx:v,dy:A,font:y,colour:O,type:E,room:L},N,M){i.font=y,i.fillStyle=F(O),i.textAlign="left",i.textBaseline="alphab\
etic",i.fillText(h,N+v,M+A,L);let g=Math.min(i.measureText(h).width,L);o.push({text:h,type:E,x:N+v,y:M+A-E*.76,w:g,h:E})}
function d(i,h,v,A){o=[];let y=h.map(L=>({route:L,...v(L.edge)}));y.sort((L,N)=>L.alpha-N.alpha||L.width-N.width);let O=Math.
min(Math.max(1,.7/n()),3);for(let{route:L,alpha:N,width:M}of y)a(i,L,N,M*O,O);let E=A.map(({x:L,y:N,box:[M,g]})=>({x:L-M/
2,y:N-g/2,w:M,h:g}));for(let{route:L,alpha:N,quiet:M}of y)M||m(i,L,N,O,E);i.globalAlpha=1}function a(i,{points:h,finish:v,
edge:A,...y},O,E,L){let{level:N,way:M}=y.into||y;i.globalAlpha=O,i.strokeStyle=i.fillStyle=F(e[A.kind].colour),i.lineWidth=
E,i.setLineDash((A.dashes||[]).map(g=>g*Math.min(L,1.6))),i.beginPath();for(let{x:g,y:x}of h)i.lineTo(g,x);i.stroke(),i.
setLineDash([]),A.arrows&&p(i,v,N,9*L*M,4.5*L)}function p(i,{x:h,y:v},A,y,O){i.beginPath(),i.moveTo(h,v);for(let E of[-O,
O])i.lineTo(...A?[h-y,v+E]:[h+E,v-y]);i.fill()}function m(i,h,v,A,y){let{edge:O,led:E}=h,{level:L}=h.out||h,N=e[O.kind];
if(!O.label||!N.sign)return;let M=wn*n()>=it&&L&&!E,g=M?O.label:N.sign,x=M?wn:Math.max(13,it/n());if(x>fe)return;i.font=
`${M?600:700} ${x}px ${Y}`;let r=M?17:x*1.25,b=M?Math.min(i.measureText(g).width+12,ue):r,S=w(h,b,r,y);if(!S)return;let{
x:T,y:$}=S;y.push({x:T-b/2,y:$-r/2,w:b,h:r}),i.globalAlpha=v,i.beginPath(),i.roundRect(T-b/2,$-r/2,b,r,r/2),i.fillStyle=
F("paper"),i.fill(),i.lineWidth=1.2*Math.min(A,1.6),i.strokeStyle=F(N.colour),i.stroke(),i.fillStyle=F(N.colour),i.textAlign=
"center",i.textBaseline="middle",i.fillText(g,T,$+x*.06,b-6),o.push({text:g,type:x,x:T-b/2+3,y:$-x/2,w:b-6,h:x})}function w({
start:i,points:h,...v},A,y,O){let{level:E,way:L}=v.out||v,N=E?{x:i.x+L*(A/2+3),y:i.y}:{x:i.x,y:i.y+L*(y/2+3)},M=[.3,.45,
.6,.75].map(x=>h[Math.round(x*(h.length-1))]),g=({x,y:r})=>!O.some(b=>x-A/2<b.x+b.w&&x+A/2>b.x&&r-y/2<b.y+b.h&&r+y/2>b.y);
return[N,...M].find(g)}return{box:c,joint:l,lines:d,written:()=>o.map(i=>({...i,pixels:i.type*n()}))}}var xn=[0,4,-4,2,-2],de=12,pe=12;function vn(t,n,{x:e,y:o,w:s,h:u},l){let[c,f]=[0,1],d=[[t.x,n.x-t.x,e-s-l,e+s+l],[t.y,n.
y-t.y,o-u-l,o+u+l]];for(let[a,p,m,w]of d){if(p===0){if(a<=m||a>=w)return!1;continue}let[k,i]=p>0?[(m-a)/p,(w-a)/p]:[(w-a)/
p,(m-a)/p];if([c,f]=[Math.max(c,k),Math.min(f,i)],c>=f)return!1}return!0}var Rt=(t,n,e)=>t.some((o,s)=>s&&vn(t[s-1],o,n,
e));function he({edge:t,points:n},e){return e.some(o=>o.id===t.from?Rt(n.slice(2),o,-1):o.id===t.to?Rt(n.slice(0,-2),o,-1):
Rt(n,o,3))}var It=({x:t,y:n,level:e,way:o})=>e?{x:t+o*14,y:n}:{x:t,y:n+o*14},bn=({x:t,y:n},e,o)=>[-1,1].flatMap(s=>[{x:t+
s*e/2,y:n,level:!0,way:s},{x:t,y:n+s*o/2,level:!1,way:s}]),me=[[-1,-1],[1,-1],[-1,1],[1,1]];function ge(t){let n=(l,c)=>!t.
some(f=>vn(l,c,f,9.5)),e=({x:l,y:c,w:f,h:d})=>me.map(([a,p])=>({x:l+a*(f+10),y:c+p*(d+10),right:a,down:p,used:0})),o=t.flatMap(
e).filter(l=>n(l,l)),s=new Map;return{corners:o,isFree:n,from:l=>(s.has(l)||s.set(l,o.flatMap((c,f)=>f!==l&&n(o[l],c)?[f]:
[])),s.get(l))}}function Sn(t,n){let e=t.filter(s=>he(s,n));if(!e.length)return t;let o=ge(n);for(let s of e){let{from:u,
fromW:l,fromH:c,to:f,toW:d,toH:a,level:p,way:m}=s,w=[{...s.start,level:p,way:m},{...s.finish,level:p,way:-m}],k=()=>bn(u,
l,c).flatMap(O=>bn(f,d,a).map(E=>[O,E])),i=kn([w],o)||kn(k(),o);if(!i)continue;let[h,v]=i.ends,A=i.path.map(O=>{let E=o.
corners[O],L=xn[E.used++%xn.length];return{x:E.x+E.right*L,y:E.y+E.down*L}}),y=xe([h,It(h),...A,It(v),v]);Object.assign(
s,{points:y,start:h,finish:v,out:h,into:{...v,way:-v.way},led:!0})}return t}function kn(t,n){let e=null;for(let o of t){
let s=we(...o.map(It),n);s&&(!e||s.length<e.length)&&(e={...s,ends:o})}return e}function we(t,n,{corners:e,isFree:o,from:s}){
let u=(m,w)=>Math.hypot(m.x-w.x,m.y-w.y)+de;if(o(t,n))return{path:[],length:u(t,n)};if(!o(t,t)||!o(n,n))return null;let l=new Set(
e.flatMap((m,w)=>o(m,n)?[w]:[])),c=(m,w)=>o(t,m)?[[w,{length:u(t,m),before:-1}]]:[],f=new Map(e.flatMap(c)),d=new Set,a={
length:1/0};for(;;){let m=ye(f,d);if(m<0||f.get(m).length>=a.length)break;d.add(m);let{length:w}=f.get(m),k=w+u(e[m],n);
l.has(m)&&k<a.length&&(a={length:k,at:m});for(let i of s(m)){let h=w+u(e[m],e[i]);(!f.has(i)||h<f.get(i).length)&&f.set(
i,{length:h,before:m})}}if(a.at===void 0)return null;let p=[];for(let m=a.at;m>=0;m=f.get(m).before)p.unshift(m);return{
path:p,length:a.length}}function ye(t,n){let e=-1;for(let[o,{length:s}]of t)!n.has(o)&&(e<0||s<t.get(e).length)&&(e=o);return e}
function xe(t){let n=[t[0]];for(let e=1;e<t.length-1;e+=1){let[o,s,u]=[t[e-1],t[e],t[e+1]],l=d=>{let a=Math.hypot(d.x-s.
x,d.y-s.y)||1,p=Math.min(pe,a/2)/a;return{x:s.x+(d.x-s.x)*p,y:s.y+(d.y-s.y)*p}},[c,f]=[l(o),l(u)];for(let d=0;d<=1;d+=.25)
n.push(be(c,s,f,d))}return[...n,t[t.length-1]]}function be(t,n,e,o){let[s,u,l]=[(1-o)**2,2*o*(1-o),o*o];return{x:s*t.x+u*
n.x+l*e.x,y:s*t.y+u*n.y+l*e.y}}var $n=108;function Mn(t,n,e,o,s){let u=n.map(c=>ke(t,c,e,o));for(let c of ve(u).values())Se(t,c);for(let c of u)c.points=
$e(c);if(!s)return u;let l=[...e].map(([c,{x:f,y:d}])=>({id:c,x:f,y:d,w:t[c].box[0]/2,h:t[c].box[1]/2}));return Sn(u,l)}
function ke(t,n,e,o){let[s,u]=[e.get(n.from),e.get(n.to)],[[l,c],[f,d]]=[t[n.from].box,t[n.to].box],[a,p]=[u.x-s.x,u.y-s.
y],m=o(n)&&Math.abs(p)>(c+d)/2+20,w=Math.abs(a)>(l+f)/2+6&&!m,k=Math.sign(w?a:p)||1;return{edge:n,from:s,to:u,fromW:l,fromH:c,
toW:f,toH:d,level:w,way:k}}function ve(t){let n=new Map,e=(o,s,u,l,c)=>{let f=`${s} ${o.level?"level":"upright"} ${u}`;n.
has(f)||n.set(f,[]),n.get(f).push({route:o,end:c,far:l})};for(let o of t){let{edge:s,from:u,to:l,level:c,way:f}=o;e(o,s.
from,f,c?l.y:l.x,"start"),e(o,s.to,-f,c?u.y:u.x,"finish")}return n}function Se(t,n){n.sort((e,o)=>e.far-o.far||(e.route.
edge.id<o.route.edge.id?-1:1)),n.forEach(({route:e,end:o},s)=>{let u=o==="start",l=t[u?e.edge.from:e.edge.to],[c,f]=l.box,
d=l.kind==="argument"?0:(e.level?f:c)-24,a=n.length>1?Math.min(e.level?20:44,d/(n.length-1)):0,p=u?e.from:e.to,m=(u?e.way:
-e.way)*((e.level?c:f)/2-(d?0:2)),w=(s-(n.length-1)/2)*a;e[o]=e.level?{x:p.x+m,y:p.y+w}:{x:p.x+w,y:p.y+m}})}function $e({
start:t,finish:n,level:e,way:o}){let s={...t};e&&Math.abs(n.x-t.x)>$n+20&&(s.x=n.x-o*$n);let u=e?(n.x-s.x)*.55:(n.y-t.y)*
.5,l=e?{x:s.x+u,y:s.y}:{x:t.x,y:t.y+u},c=e?{x:n.x-u,y:n.y}:{x:n.x,y:n.y-u};return[t,...Array.from({length:33},(f,d)=>Me(
s,l,c,n,d/32))]}function Me(t,n,e,o,s){let[u,l,c,f]=[(1-s)**3,3*(1-s)**2*s,3*(1-s)*s**2,s**3];return{x:u*t.x+l*n.x+c*e.x+
f*o.x,y:u*t.y+l*n.y+c*e.y+f*o.y}}function On(t,n,e){let o={distance:e};for(let{points:s,edge:u}of t)for(let l=1;l<s.length;l+=
1){let c=Oe(n,s[l-1],s[l]);c<o.distance&&(o={distance:c,edge:u})}return o.edge}function Oe(t,n,e){let[o,s]=[e.x-n.x,e.y-
n.y],u=((t.x-n.x)*o+(t.y-n.y)*s)/(o*o+s*s||1),l=Math.max(0,Math.min(1,u));return Math.hypot(t.x-n.x-l*o,t.y-n.y-l*s)}var mt=40,Ee=9,En=.2;function An(t,n,e,o){let{cards:s,isJoint:u,isRecord:l,isVoiced:c}=t,f="",d=Tt(n,()=>y.getScale()),a=(r,{
lone:b,lit:S})=>b.has(r)||S&&!S.has(r);function p({ctx:r,id:b,x:S,y:T}){let $=s[b],{state:D,scene:I}=o(),P=b===D.id||b===
D.on&&!D.id;return{drawNode(){r.globalAlpha=a(b,I)?En:1,u(b)?d.joint(r,$,S,T,P||b===f):d.box(r,$,S,T,P,b===f)},nodeDimensions:{
width:$.box[0],height:$.box[1]}}}function m(r){let{state:b,scene:S}=o(),{main:T,lit:$}=S,D=r.id===b.id,I=D||r.from===f||
r.to===f,P=T?!T.has(r.id)||l(r):c(r),W=I?1:w(r,b,$,P),U=W<.5||u(r.from);return{alpha:W,width:D?4:I?2.6:P?1.2:1.7,quiet:U}}
function w({from:r,to:b},S,T,$){if(T&&!(T.has(r)&&T.has(b)))return .08;let D=r===S.on||b===S.on;return $?T?.7:D?.5:.25:S.
all&&!T?.75:1}let k=r=>Math.max(...s[r].box)/2,{id:i,x:h,y:v}=n.nodes,A=new vis.DataSet(i.map((r,b)=>({id:r,x:h[b],y:v[b],
size:k(r)})));Object.assign(n.options.nodes,{shape:"custom",ctxRenderer:p});let y=new vis.Network(e,{nodes:A,edges:[]},n.
options),O=e.querySelector(".vis-network");O.setAttribute("role","application"),O.setAttribute("aria-label","Picture of \
the graph. Arrow keys walk along the lines, Enter reads, Escape goes back."),y.on("beforeDrawing",r=>d.lines(r,o().scene.
routes,m,E())),an(()=>y.redraw());function E(){let{visible:r,where:b}=o().scene;return[...r].map(S=>({id:S,...b.get(S),box:s[S].
box}))}function L(r){let{visible:b,where:S}=o().scene;A.update(t.ids.map(T=>({id:T,hidden:!b.has(T),...S.get(T)||r.get(T)})))}
function N(r){f=r,y.redraw()}let M=r=>On(o().scene.routes,r,Ee/y.getScale());function g(){let{state:r,scene:b}=o(),S=E(),
[T,$,D,I]=Mt(S),[P,W]=[D-T+2*mt,I-$+2*mt],U=un(),X=Tt(n,()=>1);X.lines(U,b.routes,m,S);for(let H of S)U.globalAlpha=a(H.
id,b)?En:1,u(H.id)?X.joint(U,s[H.id],H.x,H.y,!1):X.box(U,s[H.id],H.x,H.y,H.id===r.on,!1);return{text:U.text(T-mt,$-mt,P,
W,F("faint")),wide:P,high:W}}function x(){let{lone:r,routes:b}=o().scene,S=E(),T=({x:$,y:D,box:[I,P]},W)=>y.canvasToDOM(
{x:$+W*I/2,y:D+W*P/2});return{boxes:S.map($=>({key:s[$.id].key,...$,faded:r.has($.id)})),labels:d.written(),corners:S.flatMap(
$=>[-1,1].map(D=>T($,D))).map($=>[$.x,$.y]),lines:b.map(({edge:$,points:D})=>({from:$.from,to:$.to,kind:$.kind,points:D}))}}
return{network:y,surface:O,boxesNow:E,place:L,hover:N,lineUnder:M,picture:g,drawn:x}}var Ae=["claim","statement"],Le=["agent","source"];function Ln(t,n,e,o){let{cards:s,looks:u,quotes:l,edgesOf:c,other:f,isJoint:d,
keyOf:a}=t,p=[...ht,...Object.keys(u)],m=(g,x)=>C("a",{href:o.address({id:g,on:"",to:""}),lang:ft(s[g].language)},x||s[g].
name),w=g=>C("a",{href:`#${encodeURIComponent(a.get(g))}`},"Link to this"),k=g=>g.length?[C("ul",null,...g.map(x=>C("li",
null,...x)))]:[];function i(g){let x=l[g],r=x.stance===hn?"":n.nouns[x.stance]||x.stance,b=[x.who,r].filter(Boolean).join(
", "),S=[x.source,x.date].filter(Boolean).join(", "),T=C("footer",null,b,b&&S?": ":"",S);return x.text?Qt(x.text,x.language,
T):C("blockquote",{class:"bare"},T)}function h(g,x){let r=u[g.kind],S=(Le.includes(s[x].kind)?g.quotes||[]:[]).filter($=>l[$].
text).map(i),T=(g.notes||[]).map($=>C("div",{class:"soft"},$));return[St(r,g.from===x?r.word:r.inverse)," ",...v(g,x),...T,
...S]}function v(g,x){let r=f(g,x);if(!d(r))return[m(r)];let b=c.get(r).filter($=>$.to===r&&!$.label),S=c.get(r).find($=>$.
from===r);return g.from===x?g.label||!S?[m(r)]:[m(S.to)]:[...b.flatMap(($,D)=>[D?" with ":"",m($.from)])," (",m(r,"an in\
ference that is answered"),")"]}function A(g){let x=C("a",{href:o.address({...o.HOME,id:g})},"Put this in the middle");return vt(
w(g),...o.canCentre(g)?[x]:[])}function y(g){return d(g)?"":tn(e,"Path to another","Path to another claim, person, sourc\
e",o.suggest,r=>{let[b]=t.search(r,1);b&&b!==g&&o.go({id:g,to:b})})}function O(g){let x=s[g],r=(x.facts||[]).flatMap(([D,
I])=>[C("dt",null,D),C("dd",null,I)]),b=(x.links||[]).filter(([,D])=>Yt(D)).map(([D,I])=>[Jt(I,D)]),S=[...c.get(g)].sort(
(D,I)=>p.indexOf(D.kind)-p.indexOf(I.kind)),T=Ae.includes(x.kind)?x.quotes||[]:[],$=x.note?[C("p",{class:"soft"},x.note)]:
[];return[tt(x.word),C("h2",{lang:ft(x.language)},x.name),x.standing?C("p",{class:"stands"},x.standing):"",A(g),y(g),...K(
"In which words",...T.map(i)),...K("Figures",...k((x.figures||[]).map(D=>[D]))),...K("Particulars",...r.length?[C("dl",null,
...r)]:[],...$),...K("On the web",...k(b)),...K("Linked to",...k(S.map(D=>h(D,g))))]}function E(g){let x=u[g.kind],r=C("\
span",{class:`verb ink-${x.colour}`},` ${x.sign} ${x.word} `);return[tt("line"),C("h2",null,m(g.from),r,m(g.to)),A(g.id),
...(g.notes||[]).map(b=>C("p",null,b)),...K("In which words",...(g.quotes||[]).map(i))]}function L(g,x,r){let b=vt(C("a",
{href:o.address({...o.HOME,id:g})},"Back to the first"),C("a",{href:o.address({})},"Link to this path"));if(!r)return[tt(
"path"),C("h2",null,"Nothing leads from one to the other"),b,C("p",null,m(g)),C("p",null,m(x))];let S=r.map(($,D)=>{let I=c.
get($).find(W=>f(W,$)===r[D+1]),P=d($)?C("span",{class:"soft"},"an inference: ",m($)):m($);return C("li",null,P,I?N(I,$):
"")}),T=`${r.length-1} ${r.length===2?"line":"lines"} between two`;return[tt("path"),C("h2",null,T),b,C("ol",null,...S)]}
function N(g,x){let r=u[g.kind];return St(r,g.from===x?r.word:r.inverse,"div")}function M(g,x,r){let b=S=>[C("span",{class:"\
verb soft"},`${s[S].word}: `),m(S)];return[tt(`${g.length} of ${x} boxes`),C("h2",null,r),C("ul",null,...g.map(S=>C("li",
null,...b(S))))]}return{nodeDetails:O,edgeDetails:E,pathDetails:L,filterDetails:M}}var Te=t=>(t.match(/\b[12]\d{3}\b/g)||[]).map(Number);function Tn({ids:t,cards:n,quotes:e,edgesOf:o}){let s=w=>(n[w].quotes||
[]).map(k=>e[k]),u=w=>n[w].facts.filter(([k])=>k==="Date").map(([,k])=>k),l=new Map(t.map(w=>{let k=o.get(w).filter(v=>pt.
includes(v.kind)),i=new Set([...s(w).map(v=>v.stance),...k.map(v=>v.kind)]),h=[w,...n[w].sources||[]].flatMap(u);return[
w,{stances:i,years:[...s(w).map(v=>v.date),...h].flatMap(Te)}]})),c=(w,k)=>(w||[]).some(i=>n[i].key===k),f={topic:(w,k)=>(n[w].
topics||[]).includes(k),who:(w,k)=>n[w].key===k||c(n[w].agents,k),source:(w,k)=>n[w].key===k||c(n[w].sources,k),stance:(w,k)=>l.
get(w).stances.has(k),standing:(w,k)=>n[w].state===k,since:(w,k)=>l.get(w).years.some(i=>i>=Number(k)),until:(w,k)=>l.get(
w).years.some(i=>i<=Number(k))},d=Object.keys(f),a=[...new Set([...l.values()].flatMap(w=>w.years))].sort((w,k)=>w-k),p={
stance:pt.filter(w=>[...l.values()].some(({stances:k})=>k.has(w))),standing:[...new Set(t.map(w=>n[w].state).filter(Boolean))].
sort(),since:a,until:a};return{fields:d,choices:p,fits:(w,k)=>d.every(i=>!k[i]||f[i](w,k[i]))}}var gt=t=>new Map(Array.from({length:t.length/3},(n,e)=>[`n${t[3*e]}`,{x:t[3*e+1],y:t[3*e+2]}]));function Re({edges:t,kinds:n,
links:e,looks:o,contents:s}){let u=Object.keys(o),l=(d,a)=>({kind:d,dashes:o[d].dash,arrows:a?"to":"",label:a?`${o[d].sign}\
 ${o[d].word}`.trim():""}),c=(d,a)=>({...l(u[n[a]],t.arrows[a]==="to"),...e[a],id:`e${a}`,from:d,to:t.to[a]}),f=([d,a,p],m)=>({
...l(p,!0),id:`l${m}`,from:d,to:a});return{edges:t.from.map(c),lifted:(s?s.edges:[]).map(f)}}function Ie({ids:t,cards:n,
edges:e,isRecord:o}){let s=new Map,u=new Map(t.map(c=>[c,n[c].key])),l=(c,f)=>s.has(c)||s.set(c,f);for(let c of t)l(n[c].
key,c);for(let c of e.filter(f=>!o(f)))for(let f of c.keys||[])l(f,c.id);for(let c of e){let d=(c.keys||[]).find(a=>s.get(
a)===c.id)||[n[c.from].key,c.kind.replace(/ /g,"-"),n[c.to].key].join("~");l(d,c.id),u.set(c.id,d)}return{named:s,keyOf:u}}
function Rn(t){let{cards:n,quotes:e,looks:o}=t,s=Object.keys(n);for(let y of Object.values(n))y.facts=(y.facts||[]).map(
O=>t.facts[O]);let{edges:u,lifted:l}=Re(t),c=new Map(s.map(y=>[y,[]]));for(let y of u)c.get(y.from).push(y),c.get(y.to).
push(y);let f=new Map(u.map(y=>[y.id,y])),d=(y,O)=>y.from===O?y.to:y.from,a=y=>n[y].kind==="argument",p=y=>!ht.has(y.kind),
m=y=>p(y)||n[y.from].kind==="agent",{named:w,keyOf:k}=Ie({ids:s,cards:n,edges:u,isRecord:p});function i(y){let O=f.get(y);
return O?a(O.to)?O.from:O.to:y}let h=y=>f.has(y)?[f.get(y).from,f.get(y).to]:y?[y]:[];function v(y,O){for(let E of[L=>!p(
L)&&!m(L),()=>!0]){let L=new Map([[y,""]]);for(let M of L.keys())for(let g of c.get(M))E(g)&&!L.has(d(g,M))&&L.set(d(g,M),
M);if(!L.has(O))continue;let N=[O];for(;N[0]!==y;)N.unshift(L.get(N[0]));return N}return null}function A(y,O){let E=y.trim().
toLowerCase(),L=M=>{let g=n[M].name.toLowerCase();return g===E||n[M].key===E?0:g.startsWith(E)?1:g.includes(E)?2:3};return E?
s.filter(M=>!a(M)).map(M=>[L(M),M]).filter(([M])=>M<3).sort(([M],[g])=>M-g).slice(0,O).map(([,M])=>M):[]}return{ids:s,cards:n,
looks:o,quotes:e,edges:u,lifted:l,edgesOf:c,byId:f,named:w,keyOf:k,other:d,isJoint:a,isRecord:p,isVoiced:m,middleOf:i,endsOf:h,
path:v,search:A}}var De=200,Dt=4,[Ne,Ce]=[360,300],je=t=>new Map(t.map((n,e)=>{let[o,s]=[Math.floor(e/Dt),e%Dt];return[n,{x:(o%2?Dt-1-s:s)*
Ne,y:o*Ce}]})),Dn={way:null,where:new Map,visible:new Set,drawn:[],lone:new Set,main:null,lit:null,routes:[]},In=t=>new Set(
t.flatMap(n=>[n.from,n.to]));function Nn(t,n,e,o){let{cards:s,edges:u,lifted:l,edgesOf:c,byId:f,other:d,isJoint:a,isRecord:p,
isVoiced:m,endsOf:w}=t,{closeups:k,unfolded:i,contents:h,around:v}=n,A=gt(n.places),y=({shown:r,all:b})=>r||new Set(b?n.
shown:Object.values(s).map(S=>S.group));function O(r,b,S){return r.to?je(S||[r.id,r.to]):r.all||v.length?A:b?gt(r.open&&
i[r.on]||k[r.on]):gt(h.places)}function E(r){let b=!!(!r.all&&r.on),S=r.to?t.path(r.id,r.to):null,T=O(r,b,S),$=y(r),D=[...b?
v:[],...r.to?T.keys():[]],I=new Set([...w(r.id),r.on,...D]),P=new Set([...T.keys()].filter(q=>a(q)||I.has(q)||$.has(s[q].
group))),W=q=>P.has(q.from)&&P.has(q.to),U=q=>W(q)&&!r.off.has(q.kind),X=q=>{for(let Bt of[...P].filter(Wt=>a(Wt)&&!I.has(
Wt)))c.get(Bt).filter(q).length<2&&P.delete(Bt)};X(W);let H=L(r,b,S),Ct=(r.all||b||r.to?u:l).filter(q=>W(q)&&H(q)),jt=In(
Ct);b&&(P=new Set([...P].filter(q=>jt.has(q)||I.has(q)))),X(U);let ot=Ct.filter(U),Jn=In(ot),Qn=new Set([...jt].filter(q=>!Jn.
has(q)&&!I.has(q))),Vn=b?M(r.on,ot):null,Kn=g(r,P,ot),Pt=new Map([...T].filter(([q])=>P.has(q))),Zn=!r.all&&Pt.size<=De,
Xn=Mn(s,ot,Pt,N(r,b),Zn);return{way:S,where:T,visible:P,drawn:ot,lone:Qn,main:Vn,lit:Kn,routes:Xn}}function L(r,b,S){let T=new Set(
[...w(r.id),r.on]),$=W=>!b||!m(W)||T.has(W.from)||T.has(W.to),D=(W,U)=>[W,U].sort().join(),I=S&&new Set(S.slice(1).map((W,U)=>D(
S[U],W))),P=W=>!r.to||I&&I.has(D(W.from,W.to));return W=>$(W)&&P(W)}function N(r,b){if(!b)return()=>!1;let S=c.get(r.on).
filter($=>$.from===r.on),T=new Set(S.map($=>$.to));return $=>p($)||$.from===r.on||T.has($.from)||s[$.from].kind==="agent"}
function M(r,b){let S=new Map([[r,0]]);for(let I of S.keys())for(let P of c.get(I))P.to===I&&!m(P)&&!S.has(P.from)&&S.set(
P.from,S.get(I)+1);let T=c.get(r).filter(I=>I.from===r&&a(I.to)),$=new Set(T.map(I=>I.to)),D=({from:I,to:P})=>I===r||P===
r||$.has(I)||S.get(I)===S.get(P)+1;return new Set(b.filter(D).map(I=>I.id))}function g(r,b,S){if(r.to)return null;if(r.id&&
r.id!==r.on)return x(r.id,S);if(!e.isAsked(r))return null;let T=D=>o(D,r),$=D=>c.get(D).some(I=>I.to===D&&T(I.from));return new Set(
[...b].filter(D=>a(D)?$(D):T(D)))}function x(r,b){let S=new Set(w(r)),T=f.has(r)?[]:[...S];for(;T.length;){let $=T.pop();
for(let D of b.filter(I=>I.from===$||I.to===$)){let I=d(D,$);S.has(I)||(S.add(I),a(I)&&T.push(I))}}return S}return{sceneOf:E,
groupsOf:y,base:A}}function Cn({middleOf:t,isJoint:n,other:e},o,{where:s,visible:u,drawn:l},c,f){let d=t(o.id);if(!d||!s.has(d))return o.on||
[...u].find(i=>!n(i));let a=s.get(d),p=i=>{let[h,v]=[s.get(i).x-a.x,s.get(i).y-a.y],[A,y]=[h*c+v*f,Math.abs(h*f)+Math.abs(
v*c)];return A>0?y+A/4:1/0},m=l.filter(i=>i.from===d||i.to===d).map(i=>e(i,d)),w=[...u].filter(i=>i!==d&&s.get(i).x===a.
x),k=[...m,...w].reduce((i,h)=>p(h)<p(i)?h:i,d);return k===d?null:k}var j=zt("g_"),V=at(j("data")),J=Rn(V),{cards:nt,byId:xt,isJoint:qn,middleOf:lt,named:Pe}=J,{contents:bt}=V,Nt=Tn(J),Z=Kt(
j,Nt.fields);for(let[t,n]of Object.entries(Nt.choices))j(t).append(..._t(n,t==="standing"?V.stateWords:{})),Z.hide(t,!n.
length);var{read:Un,write:Be,HOME:et}=rn(J,V,Z,j),{sceneOf:We,groupsOf:qe,base:Ue}=Nn(J,V,Z,Nt.fits),R=Un(),z=Dn,Fn=t=>Be(
{...R,...t}),G=t=>{location.hash=Fn(t)},ct=j("canvas"),Q=An(J,V,ct,()=>({state:R,scene:z})),{network:_}=Q,Gn=!1,Fe=ln(_,
ct,()=>!Gn);function kt(){let{visible:t,where:n,lit:e}=z,o=(s,u,l)=>Fe([...s].filter(c=>t.has(c)).map(c=>({...n.get(c),box:nt[c].
box})),u,l&&n.get(l));R.to?o(t,.45,R.id):R.all?o(e||t,e?.5:bt?.12:.42,lt(R.id)):o(t,R.on?.55:.42,R.on||bt.first[0])}var Hn=t=>Zt(
j,J.search(t,12).map(n=>nt[n].name)),wt=Ln(J,V,j,{address:Fn,go:G,HOME:et,suggest:Hn,canCentre:t=>!!bt&&(R.all||R.on!==lt(
t))});function Ge(t){if(R.to)return wt.pathDetails(R.id,R.to,z.way);if(xt.has(R.id))return wt.edgeDetails(xt.get(R.id));
if(R.id)return wt.nodeDetails(R.id);if(!z.lit)return[];let n=Z.words(R,e=>j(e).selectedOptions[0].textContent);return wt.
filterDetails(t,z.visible.size,n)}function He(){let t=z.lit?[...z.lit].filter(s=>!qn(s)):[];Vt(j,Ge(t));let n=xt.has(R.id)?
"a line":R.id&&nt[R.id].name,e=Gt(R.unknown,"what this graph has not"),o=n?`Details: ${n}`:z.lit?`${t.length} boxes fit`:
"";$t(j,e||o,!!e)}function ze(){Z.show(R);let t=o=>j(o).querySelectorAll("input");for(let o of t("relations"))o.checked=
!st(o.value).every(s=>R.off.has(s));let n=qe(R);for(let o of t("groups"))o.checked=n.has(o.value);j("groups").hidden=!R.
all&&!R.on;let e=!R.all&&!R.open&&!R.to&&V.folded[R.on];j("more").hidden=!e,j("more").textContent=e?`and ${e} more`:"",j(
"back").setAttribute("aria-pressed",String(!R.all&&!R.on)),j("all").setAttribute("aria-pressed",String(R.all))}var jn="";
function zn(){R=Un(),z=We(R),ze(),Q.place(Ue);let{all:t,on:n,open:e,to:o,id:s,off:u,shown:l}=R,c=Z.fields.map(d=>R[d]),f=[
t,n,e,o,t&&s,...c,u.size,l?[...l]:""].join();f!==jn&&kt(),jn=f,He(),Gn=!0}Ht(t=>Pe.has(t),()=>{let t=R.id;zn();let n=document.
activeElement,e=n&&(n===j("find")||n.matches("a"));R.id&&R.id!==t&&e&&j("panel").focus()});_.on("click",({nodes:[t],pointer:n})=>{
let e=t?null:Q.lineUnder(n.canvas),o=t||(e&&xt.has(e.id)?e.id:"");o?G({id:o,to:""}):R.id&&G({id:R.all?"":lt(R.on)})});_.
on("doubleClick",({nodes:[t]})=>{t&&bt&&G({...et,id:t})});_.on("hoverNode",({node:t})=>{j("hover").textContent=nt[t].name,
j("hover").hidden=_.getScale()>=.93&&!qn(t),Q.hover(t)});_.on("blurNode",()=>{j("hover").hidden=!0,Q.hover("")});var Pn=t=>_.
moveTo({scale:_.getScale()*t}),yt=(t,n)=>{let e=Cn(J,R,z,t,n);e&&G({id:e})},Bn={Escape:()=>G(et),Enter:()=>j("panel").focus(),
"+":()=>Pn(1.25),"-":()=>Pn(.8),ArrowLeft:()=>yt(-1,0),ArrowRight:()=>yt(1,0),ArrowUp:()=>yt(0,-1),ArrowDown:()=>yt(0,1)};
Q.surface.addEventListener("keydown",t=>{let n=Object.hasOwn(Bn,t.key)&&Bn[t.key];n&&(n(),t.preventDefault())});Xt(j,Hn,
t=>{let[n]=J.search(t,1);n?G({...et,id:n}):$t(j,`Nothing is called “${t}”.`,!0)});Z.onChoice((t,n)=>G({id:"",on:"",to:"",
open:!1,all:!1,[t]:n}));var _n=(t,n)=>new Set([...j(t).querySelectorAll("input")].filter(e=>e.checked===n).flatMap(e=>st(
e.value)));j("relations").addEventListener("change",()=>G({off:_n("relations",!1)}));j("groups").addEventListener("chang\
e",()=>G({shown:_n("groups",!0)}));j("more").addEventListener("click",()=>G({open:!0}));j("back").addEventListener("clic\
k",()=>{R.all||R.on?G(et):kt()});j("all").addEventListener("click",()=>{R.all&&!R.id&&!z.lit?kt():G({...et,all:!0})});j(
"bar").addEventListener("submit",t=>t.preventDefault());var Yn=()=>sn(R.id&&nt[lt(R.id)]?nt[lt(R.id)].name:document.title);
j("svg").addEventListener("click",()=>en(Q.picture().text,Yn()));j("png").addEventListener("click",()=>{let{text:t,wide:n,
high:e}=Q.picture();return on(t,n,e,Yn())});var Wn="";new ResizeObserver(()=>{let t=`${ct.clientWidth} ${ct.clientHeight}`;
t!==Wn&&(Wn=t,_.setSize("100%","100%"),_.redraw(),kt())}).observe(ct);for(let t of j("start").querySelectorAll("a[data-k\
ey]"))t.href=`#${encodeURIComponent(t.dataset.key)}`;j("bar").hidden=j("key").hidden=!1;j("key").open=innerWidth>900;zn();
window.graphDrawn=Q.drawn;document.documentElement.dataset.ready="yes";})();
