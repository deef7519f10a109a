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
  ],  facts: {
    payments: words('May take payments', 'Får ta betalt', 'Kan ta betalt', 'Må tage betaling', 'Saa ottaa maksuja', 'Mag betalingen aannemen'),
    push: words('Requests to phone numbers', 'Begäran till telefonnummer', 'Krav til telefonnummer', 'Anmodning til telefonnummer', 'Pyynnöt puhelinnumeroon', 'Verzoeken naar telefoonnummers'),
    partialCapture: words('Capture in parts', 'Dra i delar', 'Trekke i deler', 'Hæve i dele', 'Veloitus osissa', 'In delen innen'),
    lateCapture: words('Late capture', 'Dra senare', 'Trekke senere', 'Hæve senere', 'Myöhäinen veloitus', 'Later innen'),
    capture: words('Kind of capture', 'Sätt att dra', 'Måte å trekke på', 'Måde at hæve på', 'Veloitustapa', 'Manier van innen'),
    created: words('Created', 'Skapad', 'Opprettet', 'Oprettet', 'Luotu', 'Gemaakt'),
    read: words('Read', 'Läst', 'Lest', 'Læst', 'Luettu', 'Gelezen'),
    ended: words('Cancelled', 'Avbruten', 'Avbrutt', 'Annulleret', 'Peruttu', 'Geannuleerd'),
    approved: words('Approved', 'Godkänd', 'Godkjent', 'Godkendt', 'Hyväksytty', 'Goedgekeurd'),
    captured: words('Captured', 'Dragen', 'Trukket', 'Hævet', 'Veloitettu', 'Geïnd'),
    released: words('Released', 'Släppt', 'Frigitt', 'Frigivet', 'Vapautettu', 'Vrijgegeven'),
    refunded: words('Refunded', 'Återbetald', 'Tilbakebetalt', 'Tilbagebetalt', 'Palautettu', 'Terugbetaald'),
  },
  sayings: {
    // Nothing is ever said of the person (Vipps, section 7.1).
    ...said('7010 81', 'This number cannot be used to pay. Try another number or another way.', 'Det här numret går inte att betala med. Prova ett annat nummer eller ett annat sätt.', 'Dette nummeret kan ikke brukes til å betale. Prøv et annet nummer eller en annen måte.', 'Dette nummer kan ikke bruges til at betale. Prøv et andet nummer eller en anden måde.', 'Tällä numerolla ei voi maksaa. Kokeile toista numeroa tai toista tapaa.', 'Met dit nummer kan niet worden betaald. Probeer een ander nummer of een andere manier.'),
    ...said('5080 38', 'Vipps MobilePay has not approved requests to phone numbers for this sales unit. Use the QR code; an admin can ask for the approval.', 'Vipps MobilePay har inte godkänt begäran till telefonnummer för säljstället. Använd QR-koden; en admin kan be om godkännandet.', 'Vipps MobilePay har ikke godkjent krav til telefonnummer for salgsstedet. Bruk QR-koden; en administrator kan be om godkjenning.', 'Vipps MobilePay har ikke godkendt anmodninger til telefonnummer for salgsstedet. Brug QR-koden; en administrator kan bede om godkendelse.', 'Vipps MobilePay ei ole hyväksynyt pyyntöjä puhelinnumeroon tälle myyntipaikalle. Käytä QR-koodia; ylläpitäjä voi pyytää hyväksyntää.', 'Vipps MobilePay heeft verzoeken naar telefoonnummers niet goedgekeurd voor dit verkooppunt. Gebruik de QR-code; een beheerder kan de goedkeuring aanvragen.'),
    ...said('5090 35', 'Vipps MobilePay does not know this payment for this sales unit. Check which sales unit took it.', 'Vipps MobilePay känner inte till betalningen för säljstället. Kontrollera vilket säljställe som tog den.', 'Vipps MobilePay kjenner ikke denne betalingen for salgsstedet. Kontroller hvilket salgssted som tok den.', 'Vipps MobilePay kender ikke betalingen for salgsstedet. Kontrollér, hvilket salgssted der tog den.', 'Vipps MobilePay ei tunne maksua tällä myyntipaikalla. Tarkista, mikä myyntipaikka otti sen.', 'Vipps MobilePay kent deze betaling niet voor dit verkooppunt. Controleer welk verkooppunt haar aannam.'),
    ...said('6150 71', 'No more than was paid can be given back.', 'Mer än vad som betalades kan inte återbetalas.', 'Mer enn det som ble betalt, kan ikke tilbakebetales.', 'Der kan ikke tilbagebetales mere, end der blev betalt.', 'Maksettua enempää ei voi palauttaa.', 'Er kan niet meer worden terugbetaald dan is betaald.'),
    ...said('6220 95', 'The payment is too old to be given back by Vipps MobilePay. Give it back another way.', 'Betalningen är för gammal för att återbetalas via Vipps MobilePay. Betala tillbaka på annat sätt.', 'Betalingen er for gammel til å tilbakebetales via Vipps MobilePay. Betal tilbake på en annen måte.', 'Betalingen er for gammel til at blive tilbagebetalt via Vipps MobilePay. Betal tilbage på en anden måde.', 'Maksu on liian vanha palautettavaksi Vipps MobilePayn kautta. Palauta toisella tavalla.', 'De betaling is te oud om via Vipps MobilePay terug te betalen. Betaal op een andere manier terug.'),
  },
  links: [
    { label: words('Become a customer of Vipps MobilePay', 'Bli kund hos Vipps MobilePay', 'Bli kunde hos Vipps MobilePay', 'Bliv kunde hos Vipps MobilePay', 'Tule Vipps MobilePayn asiakkaaksi', 'Word klant van Vipps MobilePay'), address: 'https://vippsmobilepay.com/' },
    { label: words('Keys and sales units (portal)', 'Nycklar och säljställen (portal)', 'Nøkler og salgssteder (portal)', 'Nøgler og salgssteder (portal)', 'Avaimet ja myyntipaikat (portaali)', 'Sleutels en verkooppunten (portaal)'), address: 'https://portal.vippsmobilepay.com/' },
  ],
};

/** One sentence for several codes: ePayment's and eCom's for the same thing. */
function said(codes: string, ...texts: Parameters<typeof words>): Readonly<Record<string, ReturnType<typeof words>>> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, words(...texts)]));
}
