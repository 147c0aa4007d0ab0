"""Whether a text names a country or territory, in French or English or by its ISO 3166 code, and which one was probably meant.

`.ci/countries` writes the names; a test holds them against Babel.
Source: CLDR, names of territories in French and English; ISO 3166-1, codes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

# Names that people use and CLDR does not list.
_OTHERS: Final = {
    "États-Unis d'Amérique": "US",
    "Grande-Bretagne": "GB",
    "Angleterre": "GB",
    "Écosse": "GB",
    "Pays de Galles": "GB",
    "Hollande": "NL",
    "République tchèque": "CZ",
    "Guyane": "GF",
    "TAAF": "TF",
    "Terres australes et antarctiques françaises": "TF",
    "Saint Martin (Antilles françaises)": "MF",
    "Principauté de Monaco": "MC",
}
# <names>
_ROWS: Final = (
    "AC=ASC=Île de l'Ascension=Ascension Island|AD=AND=Andorre=Andorra|AE=ARE=Émirats arabes unis=United Arab Emirates|"
    "AF=AFG=Afghanistan|AG=ATG=Antigua-et-Barbuda=Antigua & Barbuda|AI=AIA=Anguilla|AL=ALB=Albanie=Albania|"
    "AM=ARM=Arménie=Armenia|AO=AGO=Angola|AQ=ATA=Antarctique=Antarctica|AR=ARG=Argentine=Argentina|"
    "AS=ASM=Samoa américaines=American Samoa|AT=AUT=Autriche=Austria|AU=AUS=Australie=Australia|AW=ABW=Aruba|"
    "AX=ALA=Îles Åland=Åland Islands|AZ=AZE=Azerbaïdjan=Azerbaijan|BA=BIH=Bosnie-Herzégovine=Bosnia & Herzegovina|"
    "BB=BRB=Barbade=Barbados|BD=BGD=Bangladesh|BE=BEL=Belgique=Belgium|BF=BFA=Burkina Faso|BG=BGR=Bulgarie=Bulgaria|"
    "BH=BHR=Bahreïn=Bahrain|BI=BDI=Burundi|BJ=BEN=Bénin=Benin|BL=BLM=Saint-Barthélemy=St. Barthélemy|"
    "BM=BMU=Bermudes=Bermuda|BN=BRN=Brunei|BO=BOL=Bolivie=Bolivia|BQ=BES=Pays-Bas caribéens=Caribbean Netherlands|"
    "BR=BRA=Brésil=Brazil|BS=BHS=Bahamas|BT=BTN=Bhoutan=Bhutan|BV=BVT=Île Bouvet=Bouvet Island|BW=BWA=Botswana|"
    "BY=BLR=Biélorussie=Belarus|BZ=BLZ=Belize|CA=CAN=Canada|CC=CCK=Îles Cocos=Cocos (Keeling) Islands|"
    "CD=COD+ZAR=Congo-Kinshasa=Congo - Kinshasa|CF=CAF=République centrafricaine=Central African Republic|"
    "CG=COG=Congo-Brazzaville=Congo - Brazzaville|CH=CHE=Suisse=Switzerland|CI=CIV=Côte d'Ivoire|"
    "CK=COK=Îles Cook=Cook Islands|CL=CHL=Chili=Chile|CM=CMR=Cameroun=Cameroon|CN=CHN=Chine=China|"
    "CO=COL=Colombie=Colombia|CP=CPT=Île Clipperton=Clipperton Island|CQ==Sark|CR=CRI=Costa Rica|CU=CUB=Cuba|"
    "CV=CPV=Cap-Vert=Cape Verde|CW=CUW=Curaçao|CX=CXR=Île Christmas=Christmas Island|CY=CYP=Chypre=Cyprus|"
    "CZ=CZE=Tchéquie=Czechia|DE=DDR+DEU=Allemagne=Germany|DG=DGA=Diego Garcia|DJ=DJI=Djibouti|DK=DNK=Danemark=Denmark|"
    "DM=DMA=Dominique=Dominica|DO=DOM=République dominicaine=Dominican Republic|DZ=DZA=Algérie=Algeria|"
    "EA==Ceuta et Melilla=Ceuta & Melilla|EC=ECU=Équateur=Ecuador|EE=EST=Estonie=Estonia|EG=EGY=Égypte=Egypt|"
    "EH=ESH=Sahara occidental=Western Sahara|ER=ERI=Érythrée=Eritrea|ES=ESP=Espagne=Spain|ET=ETH=Éthiopie=Ethiopia|"
    "FI=FIN=Finlande=Finland|FJ=FJI=Fidji=Fiji|FK=FLK=Îles Malouines=Falkland Islands|FM=FSM=Micronésie=Micronesia|"
    "FO=FRO=Îles Féroé=Faroe Islands|FR=FRA+FXX=France|GA=GAB=Gabon|GB=GBR=Royaume-Uni=United Kingdom|"
    "GD=GRD=Grenade=Grenada|GE=GEO=Géorgie=Georgia|GF=GUF=Guyane française=French Guiana|GG=GGY=Guernesey=Guernsey|"
    "GH=GHA=Ghana|GI=GIB=Gibraltar|GL=GRL=Groenland=Greenland|GM=GMB=Gambie=Gambia|GN=GIN=Guinée=Guinea|"
    "GP=GLP=Guadeloupe|GQ=GNQ=Guinée équatoriale=Equatorial Guinea|GR=GRC=Grèce=Greece|"
    "GS=SGS=Géorgie du Sud-et-les Îles Sandwich du Sud=South Georgia & South Sandwich Islands|GT=GTM=Guatemala|"
    "GU=GUM=Guam|GW=GNB=Guinée-Bissau=Guinea-Bissau|GY=GUY=Guyana|"
    "HK=HKG=R.A.S. chinoise de Hong Kong=Hong Kong SAR China|HM=HMD=Îles Heard-et-MacDonald=Heard & McDonald Islands|"
    "HN=HND=Honduras|HR=HRV=Croatie=Croatia|HT=HTI=Haïti=Haiti|HU=HUN=Hongrie=Hungary|IC==Îles Canaries=Canary Islands|"
    "ID=IDN=Indonésie=Indonesia|IE=IRL=Irlande=Ireland|IL=ISR=Israël=Israel|IM=IMN=Île de Man=Isle of Man|"
    "IN=IND=Inde=India|IO=IOT=Territoire britannique de l'océan Indien=British Indian Ocean Territory|IQ=IRQ=Irak=Iraq|"
    "IR=IRN=Iran|IS=ISL=Islande=Iceland|IT=ITA=Italie=Italy|JE=JEY=Jersey|JM=JAM=Jamaïque=Jamaica|JO=JOR=Jordanie=Jordan|"
    "JP=JPN=Japon=Japan|KE=KEN=Kenya|KG=KGZ=Kirghizstan=Kyrgyzstan|KH=KHM=Cambodge=Cambodia|KI=KIR=Kiribati|"
    "KM=COM=Comores=Comoros|KN=KNA=Saint-Christophe-et-Niévès=St. Kitts & Nevis|KP=PRK=Corée du Nord=North Korea|"
    "KR=KOR=Corée du Sud=South Korea|KW=KWT=Koweït=Kuwait|KY=CYM=Îles Caïmans=Cayman Islands|KZ=KAZ=Kazakhstan|"
    "LA=LAO=Laos|LB=LBN=Liban=Lebanon|LC=LCA=Sainte-Lucie=St. Lucia|LI=LIE=Liechtenstein|LK=LKA=Sri Lanka|LR=LBR=Liberia|"
    "LS=LSO=Lesotho|LT=LTU=Lituanie=Lithuania|LU=LUX=Luxembourg|LV=LVA=Lettonie=Latvia|LY=LBY=Libye=Libya|"
    "MA=MAR=Maroc=Morocco|MC=MCO=Monaco|MD=MDA=Moldavie=Moldova|ME=MNE=Monténégro=Montenegro|"
    "MF=MAF=Saint-Martin=St. Martin|MG=MDG=Madagascar|MH=MHL=Îles Marshall=Marshall Islands|"
    "MK=MKD=Macédoine du Nord=North Macedonia|ML=MLI=Mali|MM=BUR+MMR=Myanmar (Birmanie)=Myanmar (Burma)|"
    "MN=MNG=Mongolie=Mongolia|MO=MAC=R.A.S. chinoise de Macao=Macao SAR China|"
    "MP=MNP=Îles Mariannes du Nord=Northern Mariana Islands|MQ=MTQ=Martinique|MR=MRT=Mauritanie=Mauritania|"
    "MS=MSR=Montserrat|MT=MLT=Malte=Malta|MU=MUS=Maurice=Mauritius|MV=MDV=Maldives|MW=MWI=Malawi|MX=MEX=Mexique=Mexico|"
    "MY=MYS=Malaisie=Malaysia|MZ=MOZ=Mozambique|NA=NAM=Namibie=Namibia|NC=NCL=Nouvelle-Calédonie=New Caledonia|"
    "NE=NER=Niger|NF=NFK=Île Norfolk=Norfolk Island|NG=NGA=Nigeria|NI=NIC=Nicaragua|NL=NLD=Pays-Bas=Netherlands|"
    "NO=NOR=Norvège=Norway|NP=NPL=Népal=Nepal|NR=NRU=Nauru|NU=NIU=Niue|NZ=NZL=Nouvelle-Zélande=New Zealand|OM=OMN=Oman|"
    "PA=PAN=Panama|PE=PER=Pérou=Peru|PF=PYF=Polynésie française=French Polynesia|"
    "PG=PNG=Papouasie-Nouvelle-Guinée=Papua New Guinea|PH=PHL=Philippines|PK=PAK=Pakistan|PL=POL=Pologne=Poland|"
    "PM=SPM=Saint-Pierre-et-Miquelon=St. Pierre & Miquelon|PN=PCN=Îles Pitcairn=Pitcairn Islands|"
    "PR=PRI=Porto Rico=Puerto Rico|PS=PSE=Territoires palestiniens=Palestinian Territories|PT=PRT=Portugal|"
    "PW=PLW=Palaos=Palau|PY=PRY=Paraguay|QA=QAT=Qatar|RE=REU=La Réunion=Réunion|RO=ROU=Roumanie=Romania|"
    "RS=SRB=Serbie=Serbia|RU=RUS=Russie=Russia|RW=RWA=Rwanda|SA=SAU=Arabie saoudite=Saudi Arabia|"
    "SB=SLB=Îles Salomon=Solomon Islands|SC=SYC=Seychelles|SD=SDN=Soudan=Sudan|SE=SWE=Suède=Sweden|"
    "SG=SGP=Singapour=Singapore|SH=SHN=Sainte-Hélène=St. Helena|SI=SVN=Slovénie=Slovenia|"
    "SJ=SJM=Svalbard et Jan Mayen=Svalbard & Jan Mayen|SK=SVK=Slovaquie=Slovakia|SL=SLE=Sierra Leone|"
    "SM=SMR=Saint-Marin=San Marino|SN=SEN=Sénégal=Senegal|SO=SOM=Somalie=Somalia|SR=SUR=Suriname|"
    "SS=SSD=Soudan du Sud=South Sudan|ST=STP=Sao Tomé-et-Principe=São Tomé & Príncipe|SV=SLV=Salvador=El Salvador|"
    "SX=SXM=Saint-Martin (partie néerlandaise)=Sint Maarten|SY=SYR=Syrie=Syria|SZ=SWZ=Eswatini|TA=TAA=Tristan da Cunha|"
    "TC=TCA=Îles Turques-et-Caïques=Turks & Caicos Islands|TD=TCD=Tchad=Chad|"
    "TF=ATF=Terres australes françaises=French Southern Territories|TG=TGO=Togo|TH=THA=Thaïlande=Thailand|"
    "TJ=TJK=Tadjikistan=Tajikistan|TK=TKL=Tokelau|TL=TLS+TMP=Timor oriental=Timor-Leste|TM=TKM=Turkménistan=Turkmenistan|"
    "TN=TUN=Tunisie=Tunisia|TO=TON=Tonga|TR=TUR=Turquie=Türkiye|TT=TTO=Trinité-et-Tobago=Trinidad & Tobago|TV=TUV=Tuvalu|"
    "TW=TWN=Taïwan=Taiwan|TZ=TZA=Tanzanie=Tanzania|UA=UKR=Ukraine|UG=UGA=Ouganda=Uganda|"
    "UM=UMI=Îles mineures éloignées des États-Unis=U.S. Outlying Islands|US=USA=États-Unis=United States|UY=URY=Uruguay|"
    "UZ=UZB=Ouzbékistan=Uzbekistan|VA=VAT=État de la Cité du Vatican=Vatican City|"
    "VC=VCT=Saint-Vincent-et-les Grenadines=St. Vincent & Grenadines|VE=VEN=Venezuela|"
    "VG=VGB=Îles Vierges britanniques=British Virgin Islands|VI=VIR=Îles Vierges des États-Unis=U.S. Virgin Islands|"
    "VN=VNM=Viêt Nam=Vietnam|VU=VUT=Vanuatu|WF=WLF=Wallis-et-Futuna=Wallis & Futuna|WS=WSM=Samoa|XK=XKK=Kosovo|"
    "YE=YEM+YMD=Yémen=Yemen|YT=MYT=Mayotte|ZA=ZAF=Afrique du Sud=South Africa|ZM=ZMB=Zambie=Zambia|ZW=ZWE=Zimbabwe|"
    # </names>
)
_FRENCH_PLAN: Final = frozenset(
    {"France", "Guadeloupe", "Martinique", "Guyane française", "La Réunion", "Mayotte", "Saint-Martin", "Saint-Barthélemy",
     "Saint-Pierre-et-Miquelon"}
)  # fmt: skip
_ARTICLE: Final = re.compile("^(?:les? |la |l |the )")
_LONGEST: Final = 64


@cache
def _known() -> Mapping[str, str]:
    """Return the French name of each country, by all that names it."""
    found: dict[str, str] = {}
    french: dict[str, str] = {}
    for row in "".join(_ROWS).split("|")[:-1]:
        code, longer, *names = row.split("=")
        french[code] = names[0]
        found |= {_plain(word): names[0] for word in (code, *longer.split("+"), *names) if word}
    return found | {_plain(name): french[code] for name, code in _OTHERS.items()}


def is_country(text: str) -> bool:
    """Tell whether a text names a country or territory; accents, case, articles and hyphens do not count."""
    return _plain(text) in _known()


def country_name(text: str) -> str:
    """Return the French name of the country that a text names, as `is_country` understands it, "" for none."""
    return _known().get(_plain(text), "")


def is_in_french_plan(text: str) -> bool:
    """Tell whether a text names France or a territory whose telephone numbers are of the French plan: ten digits, a zero first.

    Source: ARCEP, numbering plan (decision 2018-0881): metropolitan France and the territories of zones 0262, 0269, 0508, 0590,
    0594 and 0596.
    """
    return country_name(text) in _FRENCH_PLAN


def nearest_country(text: str) -> str:
    """Return the French name of the country that a text most likely meant, "" for none."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a sheet with a fault pays for it

    names = {name: country for name, country in _known().items() if len(name) > 3}
    close = get_close_matches(_plain(text), names, n=1, cutoff=0.75)
    return names[close[0]] if close else ""


def _plain(text: str) -> str:
    base = "".join(sign for sign in unicodedata.normalize("NFKD", text[:_LONGEST]) if not unicodedata.combining(sign))
    words = " ".join(re.findall("[0-9a-z]+", base.casefold()))
    return _ARTICLE.sub("", words)
