/* Details of a claim, a path or a choice of the overview: what is said to it, in which words, by whom. */

import { actions, isWeb, kicker, listed, number, outward, quotation, section, verb } from "../shared/details.js";
import { make } from "../shared/elements.js";
import { pathField } from "../shared/find.js";
import { GROUPS } from "../shared/vocabulary.js";
import { disputeOf, isTold, verbOf } from "./dispute.js";

/** Return the details of the page's data; `page` gives addresses and says what may be done. */
export function createDetails(survey, find, page) {
  const { claims, topics, sentences, looks, tallied } = survey;
  const jump = (claim) => make("a", { href: page.hrefOf(claim) }, claims.text[claim]);

  function signs(claim) {
    const sign = ([share, total]) =>
      make(
        "span",
        { class: `ink-${looks[share].colour}` },
        make("b", null, looks[share].sign),
        ` ${total}`,
        make("span", { class: "unseen" }, ` ${tallied[share]}`),
      );
    return make("span", { class: "tally" }, ...survey.tally(claim).map(sign));
  }
  /** Return what the premise of an argument does to the claim that it is about, where that is not the line's own word. */
  function stanceOf(item) {
    if (item.premise) return `${item.premise}: `;
    return item.stance && !isTold(item) ? `${looks[item.stance].word} this claim` : "";
  }
  function itemLine(item) {
    const { who, source, address, date, evidence, quote, language } = survey.voice(item.voice);
    const place = source && isWeb(address) ? outward(address, source) : source;
    const said = [who, place, date, evidence].filter(Boolean).flatMap((part, at) => [at ? ", " : "", part]);
    const about = item.premise ? item.about : item.claim;
    const under = item.answers.map((answer) => make("li", null, ...itemLine(answer)));
    return [
      verb(looks[item.kind], looks[verbOf(item)].word),
      " ",
      stanceOf(item),
      about >= 0 ? jump(about) : survey.name(item.thing),
      quote ? quotation(quote, language) : "",
      make("div", { class: "soft" }, ...said),
      under.length ? make("ul", { class: "answers" }, ...under) : "",
    ];
  }
  function placeOf(claim) {
    const [topic, , , isStated] = topics[survey.topicOf[claim]];
    const link = make("a", { href: page.address({ ...page.HOME, topic }) }, topic);
    return kicker("claim", isStated ? ", on " : ", among those that begin with ", link);
  }
  function pathForm(claim) {
    return pathField(find, "Path to another claim", "Path to another claim", page.suggest, (text) => {
      const [to] = page.search(text, 1);
      if (to !== undefined) page.go({ claim, to });
    });
  }

  function claimDetails(claim, isOnMap) {
    const items = disputeOf(survey, claim);
    const uses = survey.uses(claim);
    const useLine = (use) => [verb(looks[use.kind], looks[use.kind].word), " ", jump(use.claim)];
    const group = ([title, relations]) => {
      const own = items.filter((item) => relations.includes(item.kind));
      return own.length ? section(title, ...listed(own, itemLine)) : [];
    };
    const other = page.address({ claim, map: !isOnMap, to: -1 });
    return [
      placeOf(claim),
      make("h2", null, claims.text[claim]),
      claims.standing[claim] >= 0 ? make("p", { class: "stands" }, sentences[claims.standing[claim]]) : "",
      signs(claim),
      actions(
        make("a", { href: `#${encodeURIComponent(claims.key[claim])}` }, "Link to this"),
        make("a", { href: other }, isOnMap ? "Draw its dispute" : "Show it among all claims"),
      ),
      pathForm(claim),
      ...GROUPS.flatMap(group),
      ...(uses.length ? section("It is held for or against", ...listed(uses, useLine)) : []),
    ];
  }
  function pathDetails(claim, to, found) {
    const steps = found && `${found.length - 1} ${found.length === 2 ? "step" : "steps"} between two claims`;
    const head = [
      kicker("path"),
      make("h2", null, steps || "No argument leads from one to the other"),
      actions(make("a", { href: page.hrefOf(claim) }, "Back to the claim")),
    ];
    if (!found) return [...head, make("p", null, jump(claim)), make("p", null, jump(to))];
    const step = (each, at) => {
      const edge = at + 1 < found.length && survey.near(each).get(found[at + 1]);
      const look = edge && looks[edge.kind];
      return make("li", null, jump(each), edge ? verb(look, edge.out ? look.word : look.inverse, "div") : "");
    };
    return [...head, make("ol", null, ...found.map(step))];
  }
  function filterDetails(found, words) {
    return [
      kicker(`${number(found.length)} of ${number(survey.count)} claims`),
      make("h2", null, words),
      ...listed(found, (claim) => [jump(claim), signs(claim)]),
    ];
  }
  return { claimDetails, pathDetails, filterDetails };
}
