/* Script of a page, built from kg/pages/scripts/claim/ */
"use strict";
(()=>{function u(e){try{return decodeURIComponent(e)}catch{return e}}function m(e,t,...n){let c=document.createElement(e);for(let[r,l]of Object.entries(t||{}))l&&c.setAttribute(r,l);return c.
append(...n.filter(r=>r!==""&&r!=null)),c}function h(e,t){let n=document.createElement("a");n.href=URL.createObjectURL(e),n.download=t,document.body.append(n),n.click(),
n.remove(),setTimeout(()=>URL.revokeObjectURL(n.href),6e4)}async function g(e){let t=Uint8Array.from(atob(e.split(",")[1]),s=>s.charCodeAt(0)),n=new Blob([t]).stream().pipeThrough(
new DecompressionStream("gzip")),c=await new Response(n).arrayBuffer(),r=(s,p)=>new TextDecoder().decode(new Uint8Array(
c,s,p)),l={};for(let s=0;r(s,1)!=="\0";){let p=parseInt(r(s+124,11),8);l[r(s,100).split("\0")[0]]=r(s+512,p),s+=512+Math.
ceil(p/512)*512}return l}var y={BibTeX:["bib",e=>e.split(`

`)],RIS:["ris",e=>e.split(`\r
\r
`)],"CSL-JSON":["json",e=>JSON.parse(e).map(t=>JSON.stringify([t],null,1))]};function x(e){let t,n=()=>t||=g(e.querySelector(
"a").href),c=(a,o)=>h(new Blob([a]),o),r=(a,o)=>e.parentElement.appendChild(m(a,null,o));async function l(a,o,d){let[i,b]=y[o],
f=b((await n())[`citations.${i}`])[d].replace(/[\r\n]+$/,"");try{await navigator.clipboard.writeText(f)}catch{return c(f,
`citation.${i}`)}document.querySelectorAll(".copy.done").forEach(L=>L.classList.remove("done")),a.classList.add("done"),
document.getElementById("status").textContent=`${o} copied`}function s(a,o){for(let d of Object.keys(y)){let i=m("button",
{class:"copy",title:"Copy the citation"},d);i.addEventListener("click",()=>l(i,d,a)),o.append(i)}}let p=r("p","As single\
 files: ");for(let[a,o]of Object.entries({Turtle:"claim.ttl","JSON-LD":"claim.jsonld"})){let d=m("a",{href:"#reuse"},a);
d.addEventListener("click",async i=>{i.preventDefault(),c((await n())[o],o)}),p.append(d," ")}s(0,r("p","Copy the citati\
on of this page: ")),e.dataset.sources&&document.querySelectorAll(".sources > li").forEach((a,o)=>{s(o+1,a.insertBefore(
m("span",null," "),a.querySelector("p")))})}function S(){let e=document.getElementById(u(location.hash.slice(1)));for(let t=e;t;t=t.parentElement)t.tagName==="DETAI\
LS"&&(t.open=!0);e&&e.closest("details")&&e.scrollIntoView()}addEventListener("hashchange",S);S();document.addEventListener(
"click",({target:e})=>{let t=e.closest("a.permalink"),n=()=>{document.getElementById("status").textContent="Address copi\
ed"};t&&navigator.clipboard&&navigator.clipboard.writeText(t.href).then(n,()=>{})});addEventListener("beforeprint",()=>{
for(let e of document.querySelectorAll("details"))e.open=!0});var w=document.getElementById("taken");w&&self.DecompressionStream&&
x(w);var v=document.querySelector(".twin");v&&matchMedia("(max-width: 56rem)").matches&&(v.open=!0);})();
