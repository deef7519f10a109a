/** What a column of an article file can be. */
export type ArticleField = 'gtin' | 'plu' | 'name' | 'group' | 'price' | 'vat' | 'labels' | 'unit' | 'pricing' | 'age';

/** Words that shops, wholesalers and spreadsheets use for each column, in all six languages, in lower case without signs. */
const words: Readonly<Record<ArticleField, readonly string[]>> = {
  gtin: ['gtin', 'ean', 'ean13', 'eancode', 'eankode', 'eankod', 'eankoodi', 'barcode', 'streckkod', 'strekkode', 'stregkode', 'viivakoodi', 'code', 'kod', 'kode', 'koodi', 'upc'],
  plu: ['plu', 'plunumber', 'pluno', 'plunr', 'vaakanumero'],
  name: ['name', 'article', 'description', 'product', 'namn', 'artikel', 'benämning', 'produkt', 'navn', 'varenavn', 'artikkel', 'vare', 'varetekst', 'nimi', 'tuote', 'nimike', 'tuotenimi', 'naam', 'artikelnaam', 'omschrijving'],
  group: ['group', 'articlegroup', 'category', 'department', 'grupp', 'varugrupp', 'kategori', 'gruppe', 'varegruppe', 'ryhmä', 'tuoteryhmä', 'groep', 'artikelgroep', 'categorie', 'avdeling', 'afdeling', 'osasto'],
  price: ['price', 'salesprice', 'retailprice', 'pris', 'utpris', 'försäljningspris', 'utsalgspris', 'salgspris', 'hinta', 'myyntihinta', 'prijs', 'verkoopprijs'],
  vat: ['vat', 'vatrate', 'vatclass', 'tax', 'moms', 'momssats', 'mva', 'mvasats', 'alv', 'alvkanta', 'vero', 'btw', 'btwtarief'],
  labels: ['labels', 'label', 'tags', 'etiketter', 'märkning', 'merker', 'etiketten', 'tunnisteet', 'mærker'],
  unit: ['unit', 'uom', 'enhet', 'enhed', 'yksikkö', 'eenheid'],
  pricing: ['pricing', 'pricetype', 'pristyp', 'pristype', 'hinnoittelu', 'prijstype'],
  age: ['age', 'agelimit', 'ålder', 'åldersgräns', 'alder', 'aldersgrense', 'aldersgrænse', 'ikäraja', 'leeftijd', 'leeftijdsgrens'],
};

const plain = (header: string): string => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The field that a header names; null when it names none. */
export function fieldOf(header: string): ArticleField | null {
  const word = plain(header);
  const found = Object.entries(words).find(([, known]) => known.includes(word));
  return found ? (found[0] as ArticleField) : null;
}

/** A column: its own header and what it is taken for. Of two columns for one field the first counts. */
export type Column = { readonly header: string; readonly field: ArticleField | null };

export function columnsOf(headers: readonly string[]): readonly Column[] {
  const taken = new Set<ArticleField>();
  return headers.map((header) => {
    const field = fieldOf(header);
    if (field === null || taken.has(field)) return { header, field: null };
    taken.add(field);
    return { header, field };
  });
}

/** Whether a first row is a header that articles can be read by. */
export const readable = (columns: readonly Column[]): boolean =>
  ['gtin', 'name', 'price'].every((field) => columns.some((column) => column.field === field));
