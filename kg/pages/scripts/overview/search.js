/* Search of all claims: by their words, and by the filters. */

export const FIELDS = ["topic", "relation", "who", "source", "stance", "standing", "since", "until"];

const yearIn = (text) => Number((/\d{4}/.exec(text) || [""])[0]) || null;

/** Return what finds claims of a survey. */
export function createSearch(survey) {
  const { claims, count, topics, topicOf, states, stances, said, name } = survey;
  let small = null; // the texts in small letters, made when somebody first looks for one

  /** Return `most` claims at most: those that begin with the words before those that contain them. */
  function search(wanted, most) {
    small = small || claims.text.map((text) => text.toLowerCase());
    const sought = wanted.trim().toLowerCase();
    const [first, rest] = [[], []];
    if (!sought) return [];
    for (let at = 0; at < count && first.length < most; at += 1) {
      const where = claims.key[at] === sought ? 0 : small[at].indexOf(sought);
      if (where === 0) first.push(at);
      else if (where > 0 && rest.length < most) rest.push(at);
    }
    first.sort((one, two) => small[one].length - small[two].length || one - two);
    return [...first, ...rest].slice(0, most);
  }

  /** Return a test of assertions. */
  function isSaidAs({ who, source, stance, since, until }) {
    return (at) => {
      if (who && name(said.agent[at]) !== who) return false;
      if (source && name(said.source[at]) !== source) return false;
      if (stance && stances[said.stance[at]] !== stance) return false;
      if (!(since || until)) return true;
      const year = yearIn(said.date[at]);
      return year && !(since && year < Number(since)) && !(until && year > Number(until));
    };
  }
  /** Return 1 for each claim that fits all that is asked for, else 0; null if nothing is. */
  function fitting(asked) {
    if (!FIELDS.some((field) => asked[field])) return null;
    const { topic, relation, standing, who, source, stance, since, until } = asked;
    const fits = new Uint8Array(count).fill(1);
    const keep = (test) => {
      for (let at = 0; at < count; at += 1) if (!test(at)) fits[at] = 0;
    };
    if (topic) keep((at) => topics[topicOf[at]][0] === topic);
    if (relation) keep((at) => claims[relation][at]);
    if (standing) keep((at) => states[claims.state[at]] === standing);
    if (!(who || source || stance || since || until)) return fits;
    const isFound = isSaidAs(asked);
    const spoken = new Uint8Array(count);
    said.claim.forEach((claim, at) => {
      if (!spoken[claim] && isFound(at)) spoken[claim] = 1;
    });
    return fits.map((fit, at) => fit & spoken[at]);
  }
  return { search, fitting };
}
