/* Script of a page, built from kg/pages/scripts/table/ */
"use strict";
(()=>{var w=document.getElementById("claims"),y=w.tBodies[0],d=[...w.tHead.rows[0].cells],r=[...y.rows].map(t=>({row:t,text:t.
textContent.toLowerCase()})),v=new Intl.Collator("en",{numeric:!0}),E=({row:t},e)=>t.cells[e].textContent.trim(),x=t=>Number(
t.replace(/[^0-9]/g,"")),p=d.map((t,e)=>r.length>0&&r[0].row.cells[e].classList.contains("number")),m=new Map;function L(t){
if(!m.has(t)){let e=o=>p[t]?x(E(o,t)):E(o,t),n=r.map(o=>({each:o,key:e(o)})),s=p[t]?(o,i)=>o-i:v.compare;n.sort((o,i)=>o.
key===i.key?0:s(o.key,i.key));let c=new Map,u=0;n.forEach(({each:o,key:i},f)=>{f&&s(n[f-1].key,i)&&(u=f),c.set(o,u)}),m.
set(t,c)}return m.get(t)}var C=r,l=r,h=200,g=document.getElementById("more");function a(t=h){l=C.filter(({row:n})=>!n.hidden),
y.replaceChildren(...l.slice(0,t).map(({row:n})=>n));let e=l.length-Math.min(t,l.length);g.hidden=e===0,g.textContent=`S\
how ${Math.min(200,e)} more of ${e}`}g.addEventListener("click",()=>{h+=200,a()});window.addEventListener("beforeprint",
()=>a(r.length));window.addEventListener("afterprint",()=>a());function S(t,e){let n=L(t);C=[...r].sort((s,c)=>e*(n.get(
s)-n.get(c))),a(),d.forEach(s=>s.removeAttribute("aria-sort")),d[t].setAttribute("aria-sort",e>0?"ascending":"descending")}
d.forEach((t,e)=>{let n=document.createElement("button");n.type="button",n.textContent=t.textContent,t.replaceChildren(n),
n.addEventListener("click",()=>{if(!r.length)return;let s=t.getAttribute("aria-sort"),c=p[e]?-1:1;S(e,s?s==="ascending"?
-1:1:c)})});var b=document.getElementById("filter"),B=document.getElementById("matching");function k(){let t=b.value.toLowerCase().
split(/\s+/).filter(Boolean);for(let{row:e,text:n}of r)e.hidden=!t.every(s=>n.includes(s));h=200,a(),B.textContent=t.length?
`${l.length} of ${r.length}`:""}b.addEventListener("input",k);for(let t of document.querySelectorAll(".needs-script"))t.
hidden=!1;k();})();
