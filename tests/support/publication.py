"""One publication in each format of bibliographies, for the tests that read them."""

from __future__ import annotations

import json
from pathlib import Path

RIS = """TY  - JOUR
TI  - Massage for low-back pain
AU  - Furlan, Andrea D.
AU  - Imamura, M.
T2  - Cochrane Database Syst Rev
PY  - 2008
DA  - Oct 8
LA  - eng
DO  - https://doi.org/10.1002/14651858.CD001929.pub2.
AN  - 18843627
DB  - PubMed
UR  - https://example.org/a b
ER  -
TY  - JOUR
TI  - Massage for low-back pain
AU  - Furlan, Andrea D.
PY  - 2015
DO  - 10.1002/14651858.CD001929.pub3
ER  -
"""
NBIB = """PMID- 18843627
DP  - 2008 Oct 8
TI  - Massage for low-back
      pain.
FAU - Furlan, Andrea D
AU  - Furlan AD
AU  - Imamura M
LA  - eng
PT  - Journal Article
PT  - Retracted Publication
SI  - ClinicalTrials.gov/NCT00371384
JT  - Cochrane Database Syst Rev
LID - 10.1002/14651858.CD001929.pub2 [doi]
SO  - Cochrane Database Syst Rev. 2008 Oct 8;(4):CD001929.
"""
PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">18843627</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2008</Year><Month>Oct</Month><Day>8</Day></PubDate></JournalIssue>
<Title>Cochrane Database Syst Rev</Title></Journal><ArticleTitle>Massage for <i>low-back</i> pain.</ArticleTitle>
<AuthorList><Author><LastName>Furlan</LastName><ForeName>Andrea D</ForeName><Initials>AD</Initials></Author>
<Author><LastName>Imamura</LastName><Initials>M</Initials></Author></AuthorList><Language>eng</Language>
<PublicationTypeList><PublicationType>Randomized Controlled Trial</PublicationType></PublicationTypeList>
<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>
<AccessionNumberList><AccessionNumber>NCT00371384</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
</Article><CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><PMID>9</PMID></CommentsCorrections>
<CommentsCorrections RefType="Cites"><RefSource>Ann Intern Med. 2011</RefSource><PMID>21727288</PMID>
</CommentsCorrections></CommentsCorrectionsList></MedlineCitation><PubmedData><ArticleIdList>
<ArticleId IdType="doi">10.1002/14651858.CD001929.pub2</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
</PubmedArticleSet>
"""
JATS = """<article article-type="research-article" xml:lang="en"><front><journal-meta>
<journal-title>Cochrane Database Syst Rev</journal-title></journal-meta><article-meta>
<article-id pub-id-type="pmid">18843627</article-id><article-id pub-id-type="pmc">8734598</article-id>
<article-id pub-id-type="doi">10.1002/14651858.CD001929.pub2</article-id>
<title-group><article-title>Massage for <italic>low-back</italic> pain</article-title></title-group><contrib-group>
<contrib contrib-type="author"><name><surname>Furlan</surname><given-names>Andrea D</given-names></name></contrib>
<contrib contrib-type="author"><name><surname>Imamura</surname><given-names>M</given-names></name></contrib>
</contrib-group><pub-date pub-type="collection"><year>2008</year></pub-date>
<pub-date pub-type="epub"><day>8</day><month>10</month><year>2008</year></pub-date>
<abstract><p>Like NCT01973010. Trial registration: ISRCTN 65814467.</p></abstract></article-meta></front>
<back><ref-list><ref><element-citation publication-type="journal"><article-title>Two types</article-title>
<source>Ann Intern Med</source><year>2011</year><pub-id pub-id-type="pmid">21727288</pub-id></element-citation></ref>
<ref><mixed-citation>Somebody: an entry in words.</mixed-citation></ref></ref-list></back></article>
"""
ENDNOTE = """<xml><records><record><ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style face="normal">Furlan, Andrea D.</style></author><author><style>Imamura, M.</style></author></authors>
</contributors><titles><title><style>Massage for low-back pain</style></title>
<secondary-title>Cochrane Database Syst Rev</secondary-title></titles>
<dates><year><style>2008</style></year><pub-dates><date>Oct 8</date></pub-dates></dates>
<accession-num>18843627</accession-num><language>eng</language>
<electronic-resource-num>10.1002/14651858.CD001929.pub2</electronic-resource-num>
<remote-database-provider>NLM</remote-database-provider></record></records></xml>
"""
BIBTEX = r"""@comment{nothing}
@string{cdsr = {Cochrane Database Syst Rev}}
@article{furlan, title = {Massage for {low-back} pain}, author = {Furlan, Andrea D. and Imamura, M.},
  journal = cdsr, year = 2008, month = oct, day = 8, doi = {10.1002/14651858.CD001929.pub2}, pmid = {18843627},
  language = {english}}
"""
CSL = json.dumps(
    [
        {
            "type": "article-journal",
            "title": "Massage for low-back pain",
            "author": [{"family": "Furlan", "given": "Andrea D."}, {"family": "Imamura", "given": "M."}],
            "container-title": ["Cochrane Database Syst Rev"],
            "issued": {"date-parts": [[2008, 10, 8]]},
            "DOI": "10.1002/14651858.CD001929.pub2",
            "note": "PMID: 18843627",
            "language": "en",
        }
    ],
    indent=1,
)
FORMS = {
    "a.ris": RIS,
    "a.nbib": NBIB,
    "a.pubmed.xml": PUBMED,
    "a.nxml": JATS,
    "a.endnote.xml": ENDNOTE,
    "a.bib": BIBTEX,
    "a.json": CSL,
    "a.csl": CSL,
}


def write(folder: Path, name: str, text: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
