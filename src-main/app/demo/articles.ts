import type { ArticleView } from '../../contract/articles.ts';
import type { VatClass } from '../../contract/basics.ts';

/** One article of the demo shops, in the words and prices of both. Prices are minor units: euro cents, øre. */
export type DemoArticle = {
  readonly group: { readonly FI: string; readonly NO: string };
  readonly FI: string;
  readonly NO: string;
  readonly cents: number;
  readonly ore: number;
  readonly vatClass: VatClass;
  readonly unit: ArticleView['unit'];
  readonly pricing: ArticleView['pricing'];
  readonly plu: string;
  readonly ageLimit: number | null;
  readonly labels: readonly string[];
};

type Options = Partial<Pick<DemoArticle, 'vatClass' | 'unit' | 'pricing' | 'plu' | 'ageLimit' | 'labels'>>;
type Row = readonly [fi: string, no: string, cents: number, ore: number, options?: Options];

const weighed = (plu: string): Options => ({ unit: 'kg', pricing: 'weighed', plu });
const standard: Options = { vatClass: 'standard' };
const label = (name: string, vatClass: VatClass = 'standard'): Options => ({ vatClass, labels: [name] });

const bakery: readonly Row[] = [
  ['Ruisleipä 500 g', 'Rugbrød 500 g', 235, 3490],
  ['Kaurasämpylä 6 kpl', 'Havrerundstykker 6 stk.', 279, 3990],
  ['Korvapuusti', 'Kanelbolle', 320, 3900],
  ['Karjalanpiirakka', 'Skolebrød', 190, 3200],
  ['Näkkileipä', 'Knekkebrød', 199, 2990],
  ['Pulla', 'Hvetebolle', 180, 2500],
  ['Munkki', 'Berlinerbolle', 220, 2900],
  ['Voisarvi', 'Croissant', 210, 2900],
  ['Perunarieska', 'Lefse', 259, 3600],
  ['Saaristolaisleipä', 'Grovbrød', 395, 4690],
  ['Omenapiirakka', 'Eplekake', 349, 4500],
  ['Crème brûlée -leivos', 'Crème brûlée', 390, 4900],
  ['Mustikkapiirakka', 'Blåbærpai', 349, 4700],
  ['Smørrebrød lohi', 'Smørbrød med laks', 690, 8900],
  ['Vlaai kirsikka', 'Vlaai med kirsebær', 420, 5200],
  ['Paahtoleipä', 'Loff', 189, 2690],
  ['Hapankorppu', 'Flatbrød', 245, 3290],
  ['Laskiaispulla', 'Fastelavnsbolle', 390, 4500],
];

const produce: readonly Row[] = [
  ['Banaani', 'Bananer', 219, 2990, weighed('4011')],
  ['Omena, kotimainen', 'Epler, norske', 275, 3990, weighed('4130')],
  ['Tomaatti', 'Tomater', 395, 4990, weighed('4064')],
  ['Peruna', 'Poteter', 129, 1990, weighed('4072')],
  ['Porkkana', 'Gulrøtter', 149, 2290, weighed('4562')],
  ['Sipuli', 'Løk', 139, 1990, weighed('4093')],
  ['Appelsiini', 'Appelsiner', 249, 3490, weighed('4012')],
  ['Päärynä', 'Pærer', 329, 4490, weighed('4409')],
  ['Viinirypäle', 'Druer', 499, 6990, weighed('4023')],
  ['Kurkku', 'Agurk', 149, 2490],
  ['Jäävuorisalaatti', 'Isbergsalat', 189, 2790],
  ['Basilika, ruukku', 'Basilikum i potte', 199, 2990],
  ['Tilli, ruukku', 'Dill i potte', 199, 2990],
  ['Herkkusieni 250 g', 'Sjampinjong 250 g', 239, 2990],
  ['Mustikka 500 g', 'Blåbær 500 g', 595, 6990],
  ['Mansikka 400 g', 'Jordbær 400 g', 499, 5990],
  ['Sitruuna', 'Sitron', 59, 890],
  ['Avokado', 'Avokado', 129, 1690],
  ['Paprika, punainen', 'Paprika, rød', 119, 1590],
  ['Kaalilaatikkokaali', 'Kål', 159, 2190],
];

const pantry: readonly Row[] = [
  ['Kevytmaito 1 l', 'Lettmelk 1 l', 129, 2290],
  ['Täysmaito 1 l', 'Helmelk 1 l', 139, 2390],
  ['Kaurajuoma 1 l', 'Havredrikk 1 l', 199, 2990],
  ['Mustikkajogurtti', 'Blåbæryoghurt', 119, 1590],
  ['Maitorahka 250 g', 'Kesam 250 g', 145, 2190],
  ['Voi 500 g', 'Smør 500 g', 429, 5490],
  ['Edam 300 g', 'Gulost 300 g', 389, 5990],
  ['Leipäjuusto', 'Brunost', 459, 6490],
  ['Kananmunat 10 kpl', 'Egg 10 stk.', 299, 4190],
  ['Graavilohi 150 g', 'Gravlaks 150 g', 595, 6990],
  ['Silli sinappikastikkeessa', 'Sennepssild', 349, 4490],
  ['Kahvi, tumma paahto 450 g', 'Kaffe, mørkbrent 450 g', 849, 8990],
  ['Kahvi, vaalea paahto 450 g', 'Kaffe, lysbrent 450 g', 799, 8490],
  ['Tee, musta 50 pss', 'Svart te 50 poser', 359, 4490],
  ['Sokeri 1 kg', 'Sukker 1 kg', 129, 2290],
  ['Vehnäjauho 2 kg', 'Hvetemel 2 kg', 169, 2790],
  ['Kaurahiutale 1 kg', 'Havregryn 1 kg', 149, 2490],
  ['Riisi 1 kg', 'Ris 1 kg', 219, 3290],
  ['Spagetti 500 g', 'Spagetti 500 g', 119, 1890],
  ['Tomaattimurska', 'Hakkede tomater', 95, 1490],
  ['Hernekeitto', 'Ertesuppe', 159, 2690],
  ['Hunaja 350 g', 'Honning 350 g', 549, 6990],
  ['Puolukkahillo', 'Tyttebærsyltetøy', 329, 3990],
  ['Suklaalevy 180 g', 'Melkesjokolade 180 g', 299, 4490],
  ['Salmiakki 100 g', 'Salt lakris 100 g', 189, 2590],
  ['Stroopwafel 8 kpl', 'Stroopwafel 8 stk.', 279, 3790],
  ['Sinappi', 'Sennep', 179, 2490],
  ['Ketsuppi', 'Ketchup', 229, 3190],
  ['Rypsiöljy 0,5 l', 'Rapsolje 0,5 l', 299, 3990],
  ['Suola 600 g', 'Salt 600 g', 119, 1690],
  ['Perunalastut 250 g', 'Potetgull 250 g', 269, 3490],
];

const drinks: readonly Row[] = [
  ['Kahvi, pieni', 'Kaffe, liten', 280, 3500, { labels: ['lunch'] }],
  ['Kahvi, iso', 'Kaffe, stor', 340, 4200, { labels: ['lunch'] }],
  ['Kaakao', 'Kakao', 360, 4400],
  ['Kivennäisvesi 0,5 l', 'Mineralvann 0,5 l', 149, 2490],
  ['Appelsiinimehu 1 l', 'Appelsinjuice 1 l', 249, 3490],
  ['Sima 1 l', 'Solbærsaft 1 l', 299, 3990],
  ['Kotikalja 1 l', 'Vørterøl 0,33 l', 199, 2790],
  ['Olut 0,33 l', 'Pils 0,33 l', 279, 3690, { vatClass: 'standard', ageLimit: 18 }],
  ['Siideri 0,33 l', 'Sider 0,33 l', 299, 3990, { vatClass: 'standard', ageLimit: 18 }],
  ['Pantti 0,40 takaisin', 'Pant 3,00 tilbake', -40, -300, { vatClass: 'zero' }],
  ['Lounas: keitto ja leipä', 'Lunsj: suppe og brød', 1090, 14900, { labels: ['lunch'] }],
  ['Lounassalaatti', 'Lunsjsalat', 1150, 15900, { labels: ['lunch'] }],
];

const household: readonly Row[] = [
  ['Kassi, paperia', 'Bærepose, papir', 40, 500, standard],
  ['Kassi, kangasta', 'Handlenett', 395, 4900, standard],
  ['Astianpesuaine', 'Oppvaskmiddel', 249, 3490, standard],
  ['Talouspaperi 4 rl', 'Tørkerull 4 rl.', 399, 4990, standard],
  ['Kynttilä', 'Stearinlys', 159, 2490, standard],
  ['Tulitikut', 'Fyrstikker', 99, 1490, standard],
  ['Paristo AA 4 kpl', 'Batterier AA 4 stk.', 549, 6990, standard],
  ['Hammastahna', 'Tannkrem', 279, 3490, standard],
  ['Saippua', 'Såpe', 199, 2690, standard],
  ['Shampoo', 'Sjampo', 359, 4490, standard],
  ['Lapaset', 'Votter', 1490, 19900, standard],
  ['Villasukat', 'Ullsokker', 1290, 16900, standard],
  ['Heijastin', 'Refleks', 490, 5900, standard],
  ['Postikortti', 'Postkort', 150, 2500, standard],
  ['Sanomalehti', 'Dagsavis', 420, 4900, { vatClass: 'lowest' }],
  ['Aikakauslehti', 'Ukeblad', 690, 8900, { vatClass: 'lowest' }],
  ['Lahjakääre', 'Gavepapir', 299, 3900, standard],
  ['Kukkakimppu', 'Blomsterbukett', 0, 0, { ...standard, pricing: 'open', plu: '901' }],
  ['Ompelutyö', 'Systuearbeid', 0, 0, { ...standard, pricing: 'open', plu: '902' }],
];

const services: readonly Row[] = [
  ['Uimahallilippu', 'Svømmehallbillett', 850, 11000, label('sport', 'low')],
  ['Kuntosali, päiväkortti', 'Treningssenter, dagskort', 1400, 18000, label('sport', 'low')],
  ['Hieronta 45 min', 'Massasje 45 min', 5900, 79000, label('wellness')],
  ['Jooga, kertamaksu', 'Yoga, enkelttime', 1500, 19900, label('sport', 'low')],
  ['Museolippu', 'Museumsbillett', 1600, 18000, label('culture', 'low')],
  ['Elokuvalippu', 'Kinobillett', 1490, 16500, label('culture', 'low')],
  ['Kylpylä, 2 h', 'Spa, 2 timer', 2900, 39900, label('wellness')],
  ['Keilaus, tunti', 'Bowling, én time', 2200, 29900, label('sport', 'low')],
  ['Polkupyörän huolto', 'Sykkelservice', 6500, 79900, standard],
  ['Avaimen teko', 'Nøkkelkopi', 1290, 14900, standard],
];

const group = (FI: string, NO: string, rows: readonly Row[]): readonly DemoArticle[] =>
  rows.map(([fi, no, cents, ore, options]) => ({
    group: { FI, NO },
    FI: fi,
    NO: no,
    cents,
    ore,
    vatClass: 'low',
    unit: 'piece',
    pricing: 'fixed',
    plu: '',
    ageLimit: null,
    labels: [],
    ...options,
  }));

/** The demo shops' own articles, made up for them. */
export const demoArticles: readonly DemoArticle[] = [
  ...group('Leipomo', 'Bakeri', bakery),
  ...group('Hedelmät ja vihannekset', 'Frukt og grønt', produce),
  ...group('Ruokakaappi', 'Matvarer', pantry),
  ...group('Juomat ja lounas', 'Drikke og lunsj', drinks),
  ...group('Koti', 'Hjem', household),
  ...group('Palvelut', 'Tjenester', services),
];

/** Quick-key pages: their names, and the Finnish names of what is on them. */
export const demoPages: readonly { readonly FI: string; readonly NO: string; readonly articles: readonly string[] }[] = [
  {
    FI: 'Suosikit',
    NO: 'Favoritter',
    articles: [
      'Kassi, paperia', 'Kahvi, pieni', 'Kahvi, iso', 'Korvapuusti', 'Karjalanpiirakka',
      'Banaani', 'Omena, kotimainen', 'Tomaatti', 'Kurkku', 'Pantti 0,40 takaisin',
      'Sanomalehti', 'Uimahallilippu', 'Kuntosali, päiväkortti', 'Lounas: keitto ja leipä', 'Kukkakimppu',
    ],
  },
  { FI: 'Leipomo', NO: 'Bakeri', articles: bakery.slice(0, 15).map(([fi]) => fi) },
  { FI: 'Hedelmät', NO: 'Frukt', articles: produce.slice(0, 15).map(([fi]) => fi) },
  { FI: 'Juomat', NO: 'Drikke', articles: drinks.map(([fi]) => fi) },
  { FI: 'Palvelut', NO: 'Tjenester', articles: [...services.map(([fi]) => fi), 'Ompelutyö'] },
];
