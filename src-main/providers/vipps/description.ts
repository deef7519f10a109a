import type { ProviderDescription, TerminalAction } from '../../contract/providers.ts';
import type { Way } from '../../core/payments/provider.ts';
import { fields, phoneField, salesUnitField } from './fields.ts';
import { same, words } from './words.ts';

/** A QR on the screen, and a request on the phone whose number is told (Vipps, section 5.1). */
export const qrWay: Way = { id: 'qr', label: words('QR code', 'QR-kod', 'QR-kode', 'QR-kode', 'QR-koodi', 'QR-code'), customerAct: 'scan-code', asks: null, distance: false };
export const pushWay: Way = {
  id: 'push',
  label: words('Phone number', 'Telefonnummer', 'Telefonnummer', 'Telefonnummer', 'Puhelinnumero', 'Telefoonnummer'),
  customerAct: 'confirm-in-app',
  asks: phoneField,
  distance: true,
};

const choose: TerminalAction = {
  id: 'choose',
  label: words('Choose sales unit', 'Välj säljställe', 'Velg salgssted', 'Vælg salgssted', 'Valitse myyntipaikka', 'Verkooppunt kiezen'),
  needs: 'no-terminal',
  right: 'shop-edit',
  asks: [salesUnitField],
};

const remove: TerminalAction = {
  id: 'remove',
  label: words('Remove sales unit', 'Ta bort säljställe', 'Fjern salgssted', 'Fjern salgssted', 'Poista myyntipaikka', 'Verkooppunt verwijderen'),
  needs: 'terminal',
  right: 'shop-edit',
  asks: [],
  confirm: words(
    'This register takes no Vipps MobilePay payment until it chooses a sales unit again. Payments that it has taken can still be given back.',
    'Kassan tar inte emot Vipps MobilePay förrän den väljer säljställe igen. Tidigare betalningar kan fortfarande återbetalas.',
    'Kassen tar ikke imot Vipps MobilePay før den velger salgssted igjen. Tidligere betalinger kan fortsatt tilbakebetales.',
    'Kassen tager ikke imod Vipps MobilePay, før den vælger salgssted igen. Tidligere betalinger kan stadig tilbagebetales.',
    'Kassa ei ota Vipps MobilePay -maksuja ennen kuin se valitsee myyntipaikan uudelleen. Aiemmat maksut voi yhä palauttaa.',
    'De kassa neemt geen Vipps MobilePay-betaling aan tot hij weer een verkooppunt kiest. Eerdere betalingen kunnen nog worden terugbetaald.',
  ),
};

export const description: ProviderDescription & { readonly checks: NonNullable<ProviderDescription['checks']> } = {
  kind: 'vipps',
  name: 'Vipps MobilePay',
  about: words(
    'The customer scans a QR code at the till, or gets a request on the phone, and confirms in Vipps or MobilePay.',
    'Kunden skannar en QR-kod vid kassan, eller får en begäran i telefonen, och bekräftar i Vipps eller MobilePay.',
    'Kunden skanner en QR-kode ved kassen, eller får et krav på telefonen, og bekrefter i Vipps eller MobilePay.',
    'Kunden scanner en QR-kode ved kassen, eller får en anmodning på telefonen, og bekræfter i Vipps eller MobilePay.',
    'Asiakas lukee QR-koodin kassalla tai saa pyynnön puhelimeensa ja vahvistaa Vippsissä tai MobilePayssa.',
    'De klant scant een QR-code bij de kassa, of krijgt een verzoek op de telefoon, en bevestigt in Vipps of MobilePay.',
  ),
  terminalNumber: same('MSN'),
  fields: [...fields],
  actions: [choose, remove],
  checks: [
    {
      id: 'sales-unit',
      label: words('Sales unit', 'Säljställe', 'Salgssted', 'Salgssted', 'Myyntipaikka', 'Verkooppunt'),
      help: words(
        'Asks Vipps MobilePay what the sales unit is approved for.',
        'Frågar Vipps MobilePay vad säljstället är godkänt för.',
        'Spør Vipps MobilePay hva salgsstedet er godkjent for.',
        'Spørger Vipps MobilePay, hvad salgsstedet er godkendt til.',
        'Kysyy Vipps MobilePaylta, mihin myyntipaikka on hyväksytty.',
        'Vraagt Vipps MobilePay waarvoor het verkooppunt is goedgekeurd.',
      ),
    },
    {
      id: 'smallest-payment',
      label: words('Smallest payment', 'Minsta betalning', 'Minste betaling', 'Mindste betaling', 'Pienin maksu', 'Kleinste betaling'),
      help: words(
        'Creates the smallest payment, reads it and cancels it. No money moves.',
        'Skapar den minsta betalningen, läser den och avbryter den. Inga pengar flyttas.',
        'Oppretter den minste betalingen, leser den og avbryter den. Ingen penger flyttes.',
        'Opretter den mindste betaling, læser den og annullerer den. Der flyttes ingen penge.',
        'Luo pienimmän maksun, lukee sen ja peruuttaa sen. Rahaa ei liiku.',
        'Maakt de kleinste betaling, leest haar en annuleert haar. Er gaat geen geld om.',
      ),
    },
    {
      id: 'full-cycle',
      label: words('Whole cycle (test)', 'Hela kedjan (test)', 'Hele løpet (test)', 'Hele forløbet (test)', 'Koko kierto (testi)', 'Hele cyclus (test)'),
      help: words(
        'Lets the test user approve a payment, captures a part, releases the rest and refunds a part. Test money only.',
        'Låter testanvändaren godkänna en betalning, drar en del, släpper resten och återbetalar en del. Bara testpengar.',
        'Lar testbrukeren godkjenne en betaling, trekker en del, frigir resten og tilbakebetaler en del. Bare testpenger.',
        'Lader testbrugeren godkende en betaling, hæver en del, frigiver resten og tilbagebetaler en del. Kun testpenge.',
        'Testikäyttäjä hyväksyy maksun, siitä veloitetaan osa, loppu vapautetaan ja osa palautetaan. Vain testirahaa.',
        'Laat de testgebruiker een betaling goedkeuren, int een deel, geeft de rest vrij en betaalt een deel terug. Alleen testgeld.',
      ),
    },
  ],
};
