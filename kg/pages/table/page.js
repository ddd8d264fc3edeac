/* Script of a page, built from kg/pages/scripts/table/ */
"use strict";
(()=>{var d=document.getElementById("claims"),c=d.tBodies[0],l=[...d.tHead.rows[0].cells],a=[...c.rows].map(t=>({row:t,text:t.
textContent.toLowerCase()})),b=new Intl.Collator("en",{numeric:!0}),u=({row:t},n)=>t.cells[n].textContent.trim(),w=t=>Number(
t.replace(/[^0-9]/g,"")),m=t=>c.rows[0].cells[t].classList.contains("number");function C(t,n){let o=m(t),s=new Map(a.map(
e=>[e,o?w(u(e,t)):u(e,t)])),r=o?(e,i)=>e-i:b.compare,g=[...a].sort((e,i)=>n*r(s.get(e),s.get(i)));c.remove(),c.append(...g.
map(({row:e})=>e)),d.append(c),l.forEach(e=>e.removeAttribute("aria-sort")),l[t].setAttribute("aria-sort",n>0?"ascending":
"descending")}l.forEach((t,n)=>{let o=document.createElement("button");o.type="button",o.textContent=t.textContent,t.replaceChildren(
o),o.addEventListener("click",()=>{if(!a.length)return;let s=t.getAttribute("aria-sort"),r=m(n)?-1:1;C(n,s?s==="ascendin\
g"?-1:1:r)})});var p=document.getElementById("filter"),y=document.getElementById("matching");function f(){let t=p.value.
toLowerCase().split(/\s+/).filter(Boolean),n=0;for(let{row:o,text:s}of a)o.hidden=!t.every(r=>s.includes(r)),n+=o.hidden?
0:1;y.textContent=t.length?`${n} of ${a.length}`:""}p.addEventListener("input",f);for(let t of document.querySelectorAll(
".needs-script"))t.hidden=!1;f();})();
