import type { ArticleView } from '../../contract/articles.ts';
import type { Country, VatClass } from '../../contract/basics.ts';
import { checkDigit } from '../../core/articles/gtin.ts';
import { countries } from '../../core/countries/index.ts';
import type { ArticleRecord } from '../../core/ports/stores.ts';

/** Names in the five languages, in this order. */
const order: readonly Country[] = ['FI', 'SE', 'NO', 'DK', 'NL'];
type Group = 'bakery' | 'produce' | 'dairy' | 'grocery' | 'drinks' | 'beer' | 'household' | 'tobacco' | 'magazines';

const groups: Readonly<Record<Group, string>> = {
  bakery: 'Leipomo|Bageri|Bakeri|Bageri|Bakkerij',
  produce: 'Hedelmät ja vihannekset|Frukt och grönt|Frukt og grønt|Frugt og grønt|Groente en fruit',
  dairy: 'Maitotuotteet|Mejeri|Meieri|Mejeri|Zuivel',
  grocery: 'Kuivatuotteet|Skafferi|Tørrvarer|Kolonial|Kruidenierswaren',
  drinks: 'Juomat|Drycker|Drikke|Drikkevarer|Dranken',
  beer: 'Olut|Öl|Øl|Øl|Bier',
  household: 'Kodin tarvikkeet|Hushåll|Husholdning|Husholdning|Huishouden',
  tobacco: 'Tupakka|Tobak|Tobakk|Tobak|Tabak',
  magazines: 'Lehdet|Tidningar|Blader|Blade|Tijdschriften',
};

type Row = readonly [group: Group, names: string, cents: number, weighed?: 'kg'];

/** The most popular first. */
const rows: readonly Row[] = [
  ['dairy', 'Maito 1 l|Mjölk 1 l|Melk 1 l|Mælk 1 l|Melk 1 l', 119],
  ['bakery', 'Ruisleipä|Rågbröd|Rugbrød|Rugbrød|Roggebrood', 259],
  ['produce', 'Banaani|Bananer|Bananer|Bananer|Bananen', 199, 'kg'],
  ['bakery', 'Korvapuusti|Kanelbulle|Kanelbolle|Kanelsnegl|Kaneelbroodje', 220],
  ['drinks', 'Kahvi mukaan|Kaffe att ta med|Kaffe til å ta med|Kaffe to go|Koffie to go', 250],
  ['produce', 'Tomaatti|Tomater|Tomater|Tomater|Tomaten', 349, 'kg'],
  ['dairy', 'Voi 500 g|Smör 500 g|Smør 500 g|Smør 500 g|Boter 500 g', 449],
  ['drinks', 'Kivennäisvesi 0,5 l|Mineralvatten 50 cl|Mineralvann 0,5 l|Mineralvand 0,5 l|Mineraalwater 0,5 l', 149],
  ['dairy', 'Juusto 350 g|Ost 350 g|Ost 350 g|Ost 350 g|Kaas 350 g', 589],
  ['produce', 'Omena|Äpplen|Epler|Æbler|Appels', 249, 'kg'],
  ['grocery', 'Suklaalevy|Chokladkaka|Sjokoladeplate|Chokoladeplade|Reep chocolade', 229],
  ['bakery', 'Sämpylä|Fralla|Rundstykke|Rundstykke|Kadetje', 65],
  ['dairy', 'Jogurtti|Yoghurt|Yoghurt|Yoghurt|Yoghurt', 159],
  ['drinks', 'Kola 1,5 l|Cola 1,5 l|Cola 1,5 l|Cola 1,5 l|Cola 1,5 l', 279],
  ['produce', 'Peruna|Potatis|Poteter|Kartofler|Aardappelen', 119, 'kg'],
  ['grocery', 'Kahvi 500 g|Kaffe 500 g|Kaffe 500 g|Kaffe 500 g|Koffie 500 g', 649],
  ['dairy', 'Kananmunat 10 kpl|Ägg 10 st|Egg 10 stk.|Æg 10 stk.|Eieren 10 st.', 289],
  ['grocery', 'Spagetti 500 g|Spaghetti 500 g|Spagetti 500 g|Spaghetti 500 g|Spaghetti 500 g', 125],
  ['beer', 'Olut 0,5 l|Öl 50 cl|Øl 0,5 l|Øl 0,5 l|Bier 0,5 l', 289],
  ['produce', 'Kurkku|Gurka|Agurk|Agurk|Komkommer', 129],
  ['grocery', 'Sipsit 275 g|Chips 275 g|Potetgull 275 g|Chips 275 g|Chips 275 g', 319],
  ['bakery', 'Voisarvi|Croissant|Croissant|Croissant|Croissant', 189],
  ['household', 'WC-paperi 8 rll|Toalettpapper 8 p|Toalettpapir 8 rl.|Toiletpapir 8 rl.|Toiletpapier 8 rol', 549],
  ['drinks', 'Appelsiinimehu 1 l|Apelsinjuice 1 l|Appelsinjuice 1 l|Appelsinjuice 1 l|Sinaasappelsap 1 l', 219],
  ['produce', 'Porkkana|Morötter|Gulrøtter|Gulerødder|Wortels', 139, 'kg'],
  ['grocery', 'Riisi 1 kg|Ris 1 kg|Ris 1 kg|Ris 1 kg|Rijst 1 kg', 239],
  ['magazines', 'Päivälehti|Dagstidning|Dagsavis|Dagblad|Dagblad', 390],
  ['dairy', 'Kerma 2 dl|Grädde 2 dl|Fløte 2 dl|Fløde 2 dl|Room 2 dl', 149],
  ['household', 'Muovikassi|Bärkasse|Bærepose|Bærepose|Draagtas', 30],
  ['produce', 'Salaatti|Sallad|Salat|Salat|Sla', 179],
  ['grocery', 'Keksit|Kex|Kjeks|Kiks|Koekjes', 199],
  ['drinks', 'Energiajuoma|Energidryck|Energidrikk|Energidrik|Energiedrank', 199],
  ['household', 'Astianpesuaine|Diskmedel|Oppvaskmiddel|Opvaskemiddel|Afwasmiddel', 259],
  ['tobacco', 'Savukkeet|Cigaretter|Sigaretter|Cigaretter|Sigaretten', 990],
  ['grocery', 'Ketsuppi 1 kg|Ketchup 1 kg|Ketchup 1 kg|Ketchup 1 kg|Ketchup 1 kg', 329],
  ['produce', 'Viinirypäle|Vindruvor|Druer|Druer|Druiven', 449, 'kg'],
  ['bakery', 'Mustikkapiirakka|Blåbärspaj|Blåbærpai|Blåbærtærte|Bosbessentaart', 490],
  ['grocery', 'Makeisia|Lösgodis|Smågodt|Bland selv slik|Snoep', 1290, 'kg'],
  ['household', 'Pesujauhe 1 kg|Tvättmedel 1 kg|Vaskepulver 1 kg|Vaskepulver 1 kg|Waspoeder 1 kg', 649],
  ['magazines', 'Aikakauslehti|Veckotidning|Ukeblad|Ugeblad|Weekblad', 590],
  ['beer', 'Lonkero 0,33 l|Cider 33 cl|Cider 0,33 l|Cider 0,33 l|Cider 0,33 l', 349],
  ['household', 'Paristot 4 kpl|Batterier 4-p|Batterier 4 stk.|Batterier 4 stk.|Batterijen 4 st.', 599],
  ['household', 'Kynttilät|Stearinljus|Stearinlys|Stearinlys|Kaarsen', 449],
  ['bakery', 'Täytekakku|Prinsesstårta|Bløtkake|Lagkage|Slagroomtaart', 2490],
];

/** Roughly what a euro is worth in shelf prices, and the ending that prices have there. */
const prices: Readonly<Record<Country, { readonly times: number; readonly ending: (minor: number) => number }>> = {
  FI: { times: 1, ending: (minor) => minor },
  NL: { times: 0.95, ending: (minor) => Math.max(5, Math.round(minor / 10) * 10 - 1) },
  SE: { times: 11, ending: (minor) => Math.max(100, Math.round(minor / 100) * 100 - 10) },
  NO: { times: 12.5, ending: (minor) => Math.max(100, Math.round(minor / 100) * 100 - 10) },
  DK: { times: 8, ending: (minor) => Math.max(100, Math.round(minor / 50) * 50 - 5) },
};

const inLanguage = (words: string, country: Country): string => words.split('|')[order.indexOf(country)] ?? words;

const foods: readonly Group[] = ['bakery', 'produce', 'dairy', 'grocery', 'drinks'];

function vatClassOf(group: Group): VatClass {
  if (group === 'magazines') return 'lowest';
  return foods.includes(group) ? 'low' : 'standard';
}

function ageOf(group: Group, country: Country): number | null {
  const { ageLimits } = countries[country];
  if (group === 'beer') return ageLimits.beer;
  return group === 'tobacco' ? ageLimits.tobacco : null;
}

/** Numbers from the range that shops give out themselves, so that no real article is meant. */
function gtinOf(index: number): string {
  const body = `295${String(index + 1).padStart(9, '0')}`;
  return `${body}${checkDigit(body)}`;
}

/** What the seeded shop sells, the most popular first. */
export const assortment = (country: Country, newId: () => string): readonly ArticleRecord[] =>
  rows.map(([group, names, cents, weighed], index) => {
    const { times, ending } = prices[country];
    const pricing: ArticleView['pricing'] = weighed ? 'weighed' : 'fixed';
    return {
      id: newId(),
      gtin: weighed ? '' : gtinOf(index),
      plu: weighed ? String(4100 + index) : '',
      name: inLanguage(names, country),
      group: inLanguage(groups[group], country),
      priceMinor: ending(Math.round(cents * times)),
      vatClass: vatClassOf(group),
      unit: weighed ?? 'piece',
      pricing,
      ageLimit: ageOf(group, country),
      labels: [],
      active: true,
    };
  });
