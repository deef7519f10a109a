import type { ProviderField } from '../../contract/providers.ts';
import { same, words } from './words.ts';

/** What an admin is asked for once, for all registers of the shop. */

const environment: ProviderField = {
  name: 'environment',
  kind: 'choice',
  label: words('Environment', 'Miljö', 'Miljø', 'Miljø', 'Ympäristö', 'Omgeving'),
  help: words(
    'Production moves real money. Test needs keys of a test sales unit and the test app.',
    'Produktion flyttar riktiga pengar. Test kräver nycklar för ett testsäljställe och testappen.',
    'Produksjon flytter ekte penger. Test krever nøkler for et testsalgssted og testappen.',
    'Produktion flytter rigtige penge. Test kræver nøgler til et testsalgssted og testappen.',
    'Tuotannossa liikkuu oikea raha. Testi vaatii testimyyntipaikan avaimet ja testisovelluksen.',
    'In productie gaat het om echt geld. Test vereist sleutels van een testverkooppunt en de testapp.',
  ),
  options: [
    { value: 'production', label: words('Production', 'Produktion', 'Produksjon', 'Produktion', 'Tuotanto', 'Productie') },
    { value: 'test', label: words('Test', 'Test', 'Test', 'Test', 'Testi', 'Test') },
    { value: 'own', label: words('Own address', 'Egen adress', 'Egen adresse', 'Egen adresse', 'Oma osoite', 'Eigen adres') },
  ],
  required: false,
  maxLength: 20,
};

const baseUrl: ProviderField = {
  name: 'baseUrl',
  kind: 'address',
  label: words('Own address', 'Egen adress', 'Egen adresse', 'Egen adresse', 'Oma osoite', 'Eigen adres'),
  help: words(
    'Only where the environment is an own address, such as a simulator.',
    'Bara när miljön är en egen adress, till exempel en simulator.',
    'Bare når miljøet er en egen adresse, for eksempel en simulator.',
    'Kun når miljøet er en egen adresse, for eksempel en simulator.',
    'Vain kun ympäristö on oma osoite, esimerkiksi simulaattori.',
    'Alleen als de omgeving een eigen adres is, zoals een simulator.',
  ),
  when: { field: 'environment', is: ['own'] },
  required: false,
  pattern: 'https?://\\S+',
  maxLength: 300,
};

const clientId: ProviderField = {
  name: 'clientId',
  kind: 'text',
  label: same('Client ID'),
  help: words(
    'From the Vipps MobilePay portal, under Developer.',
    'Från Vipps MobilePay-portalen, under Utvecklare.',
    'Fra Vipps MobilePay-portalen, under Utvikler.',
    'Fra Vipps MobilePay-portalen, under Udvikler.',
    'Vipps MobilePay -portaalista, kohdasta Kehittäjä.',
    'Uit het Vipps MobilePay-portaal, onder Developer.',
  ),
  required: true,
  maxLength: 100,
};

const clientSecret: ProviderField = {
  name: 'clientSecret',
  kind: 'secret',
  label: same('Client secret'),
  help: words(
    'It is stored sealed and never shown again. Keys of a partner do not belong on a till.',
    'Den sparas förseglad och visas aldrig igen. En partners nycklar hör inte hemma i en kassa.',
    'Den lagres forseglet og vises aldri igjen. En partners nøkler hører ikke hjemme i en kasse.',
    'Den gemmes forseglet og vises aldrig igen. En partners nøgler hører ikke til i en kasse.',
    'Se tallennetaan sinetöitynä eikä sitä näytetä enää. Kumppanin avaimet eivät kuulu kassaan.',
    'Het wordt verzegeld bewaard en nooit meer getoond. Sleutels van een partner horen niet in een kassa.',
  ),
  required: true,
  maxLength: 300,
};

const subscriptionKey: ProviderField = {
  name: 'subscriptionKey',
  kind: 'secret',
  label: same('Subscription key'),
  help: words(
    'Ocp-Apim-Subscription-Key, primary or secondary.',
    'Ocp-Apim-Subscription-Key, primär eller sekundär.',
    'Ocp-Apim-Subscription-Key, primær eller sekundær.',
    'Ocp-Apim-Subscription-Key, primær eller sekundær.',
    'Ocp-Apim-Subscription-Key, ensisijainen tai toissijainen.',
    'Ocp-Apim-Subscription-Key, primair of secundair.',
  ),
  required: true,
  maxLength: 100,
};

/** Four to six digits (Vipps, section 2). */
const msnPattern = '\\d{4,6}';

const merchantSerialNumber: ProviderField = {
  name: 'merchantSerialNumber',
  kind: 'text',
  label: words('Sales unit (MSN)', 'Säljställe (MSN)', 'Salgssted (MSN)', 'Salgssted (MSN)', 'Myyntipaikka (MSN)', 'Verkooppunt (MSN)'),
  help: words(
    'What a register gets that chooses none of its own: four to six digits.',
    'Det som en kassa får när den inte väljer ett eget: fyra till sex siffror.',
    'Det en kasse får når den ikke velger sitt eget: fire til seks sifre.',
    'Det en kasse får, når den ikke vælger sit eget: fire til seks cifre.',
    'Sen saa kassa, joka ei valitse omaa: neljästä kuuteen numeroa.',
    'Wat een kassa krijgt die er geen kiest: vier tot zes cijfers.',
  ),
  required: false,
  pattern: msnPattern,
  maxLength: 6,
};

const api: ProviderField = {
  name: 'api',
  kind: 'choice',
  label: words('Interface', 'Gränssnitt', 'Grensesnitt', 'Grænseflade', 'Rajapinta', 'Interface'),
  help: words(
    'ePayment unless your agreement still has eCom, which is for Norway only.',
    'ePayment, om inte avtalet fortfarande har eCom, som bara finns i Norge.',
    'ePayment, med mindre avtalen fortsatt har eCom, som bare finnes i Norge.',
    'ePayment, medmindre aftalen stadig har eCom, som kun findes i Norge.',
    'ePayment, ellei sopimuksessa ole vielä eComia, joka on vain Norjassa.',
    'ePayment, tenzij je overeenkomst nog eCom heeft, dat alleen in Noorwegen bestaat.',
  ),
  options: [
    { value: 'epayment', label: same('ePayment') },
    { value: 'ecom', label: same('eCom v2') },
  ],
  required: false,
  maxLength: 20,
};

const yesNo = [
  { value: 'no', label: words('No', 'Nej', 'Nei', 'Nej', 'Ei', 'Nee') },
  { value: 'yes', label: words('Yes', 'Ja', 'Ja', 'Ja', 'Kyllä', 'Ja') },
];

const push: ProviderField = {
  name: 'push',
  kind: 'choice',
  label: words('Payment request to a phone number', 'Betalningsbegäran till telefonnummer', 'Betalingskrav til telefonnummer', 'Betalingsanmodning til telefonnummer', 'Maksupyyntö puhelinnumeroon', 'Betaalverzoek naar telefoonnummer'),
  help: words(
    'Only where Vipps MobilePay has approved it for the sales unit (skip landing page). Refused otherwise.',
    'Bara om Vipps MobilePay har godkänt det för säljstället (skip landing page). Annars nekas det.',
    'Bare hvis Vipps MobilePay har godkjent det for salgsstedet (skip landing page). Ellers avvises det.',
    'Kun hvis Vipps MobilePay har godkendt det for salgsstedet (skip landing page). Ellers afvises det.',
    'Vain jos Vipps MobilePay on hyväksynyt sen myyntipaikalle (skip landing page). Muuten se hylätään.',
    'Alleen als Vipps MobilePay het voor het verkooppunt heeft goedgekeurd (skip landing page). Anders wordt het geweigerd.',
  ),
  options: yesNo,
  required: false,
  maxLength: 3,
};

const qrPicture: ProviderField = {
  name: 'qrPicture',
  kind: 'choice',
  label: words('QR code', 'QR-kod', 'QR-kode', 'QR-kode', 'QR-koodi', 'QR-code'),
  help: words(
    'The picture as Vipps MobilePay draws it. Drawing it here is for shops whose design is approved.',
    'Bilden som Vipps MobilePay ritar den. Att rita den här är för butiker vars utformning är godkänd.',
    'Bildet slik Vipps MobilePay tegner det. Å tegne det her er for butikker med godkjent design.',
    'Billedet, som Vipps MobilePay tegner det. At tegne det her er for butikker med godkendt design.',
    'Kuva sellaisena kuin Vipps MobilePay sen piirtää. Täällä piirretään vain, jos ulkoasu on hyväksytty.',
    'Het plaatje zoals Vipps MobilePay het tekent. Zelf tekenen is voor winkels met een goedgekeurd ontwerp.',
  ),
  options: [
    { value: 'picture', label: words('Picture of Vipps MobilePay', 'Vipps MobilePays bild', 'Bilde fra Vipps MobilePay', 'Billede fra Vipps MobilePay', 'Vipps MobilePayn kuva', 'Plaatje van Vipps MobilePay') },
    { value: 'text', label: words('Drawn by the till', 'Ritas av kassan', 'Tegnes av kassen', 'Tegnes af kassen', 'Kassa piirtää', 'Getekend door de kassa') },
  ],
  required: false,
  maxLength: 20,
};

const userinfo: ProviderField = {
  name: 'userinfo',
  kind: 'choice',
  label: words('Ask the customer to share', 'Be kunden dela', 'Be kunden dele', 'Bed kunden dele', 'Pyydä asiakasta jakamaan', 'Vraag de klant te delen'),
  help: words(
    'The customer has to agree to all of it: whoever says no to sharing can’t pay.',
    'Kunden måste godkänna allt: den som säger nej till att dela kan inte betala.',
    'Kunden må godta alt: den som sier nei til å dele, kan ikke betale.',
    'Kunden skal acceptere det hele: den, der siger nej til at dele, kan ikke betale.',
    'Asiakkaan on hyväksyttävä kaikki: joka kieltäytyy jakamasta, ei voi maksaa.',
    'De klant moet met alles instemmen: wie niet wil delen, kan niet betalen.',
  ),
  options: [
    { value: 'no', label: words('Nothing', 'Ingenting', 'Ingenting', 'Ingenting', 'Ei mitään', 'Niets') },
    { value: 'name phoneNumber', label: words('Name and phone', 'Namn och telefon', 'Navn og telefon', 'Navn og telefon', 'Nimi ja puhelin', 'Naam en telefoon') },
    { value: 'name phoneNumber email', label: words('Name, phone and e-mail', 'Namn, telefon och e-post', 'Navn, telefon og e-post', 'Navn, telefon og e-mail', 'Nimi, puhelin ja sähköposti', 'Naam, telefoon en e-mail') },
    { value: 'name phoneNumber email address', label: words('Name, phone, e-mail and address', 'Namn, telefon, e-post och adress', 'Navn, telefon, e-post og adresse', 'Navn, telefon, e-mail og adresse', 'Nimi, puhelin, sähköposti ja osoite', 'Naam, telefoon, e-mail en adres') },
  ],
  required: false,
  maxLength: 60,
};

const prefix: ProviderField = {
  name: 'prefix',
  kind: 'text',
  label: words('Store prefix', 'Butikens prefix', 'Butikkens prefiks', 'Butikkens præfiks', 'Myymälän etuliite', 'Voorvoegsel van de winkel'),
  help: words(
    'Where several stores share one sales unit: stands before each payment’s reference. Letters, digits and hyphens.',
    'När flera butiker delar säljställe: står först i varje betalnings referens. Bokstäver, siffror och bindestreck.',
    'Når flere butikker deler salgssted: står først i hver betalings referanse. Bokstaver, sifre og bindestrek.',
    'Når flere butikker deler salgssted: står først i hver betalings reference. Bogstaver, cifre og bindestreg.',
    'Kun usealla myymälällä on yhteinen myyntipaikka: jokaisen maksun viitteen alussa. Kirjaimia, numeroita ja yhdysmerkkejä.',
    'Als meer winkels één verkooppunt delen: staat voor de referentie van elke betaling. Letters, cijfers en streepjes.',
  ),
  required: false,
  pattern: '[a-zA-Z0-9-]{0,12}',
  maxLength: 12,
};

/** `http` and machines without a name in the world are refused by the service (Vipps, section 3.1). */
const publicAddress = 'https://(?!localhost)[^\\s/]+\\.[^\\s]+';

const fallBack: ProviderField = {
  name: 'fallBack',
  kind: 'address',
  label: words('Page after payment (eCom)', 'Sida efter betalning (eCom)', 'Side etter betaling (eCom)', 'Side efter betaling (eCom)', 'Sivu maksun jälkeen (eCom)', 'Pagina na betaling (eCom)'),
  help: words(
    'Opens on the customer’s phone, such as your own site. It says nothing of the payment. Empty is Vipps’ own site.',
    'Öppnas i kundens telefon, till exempel er egen sida. Den säger inget om betalningen. Tomt är Vipps egen sida.',
    'Åpnes på kundens telefon, for eksempel deres egen side. Den sier ingenting om betalingen. Tomt er Vipps’ egen side.',
    'Åbnes på kundens telefon, for eksempel jeres egen side. Den siger intet om betalingen. Tomt er Vipps’ egen side.',
    'Avautuu asiakkaan puhelimessa, esimerkiksi oma sivunne. Se ei kerro maksusta. Tyhjä on Vippsin oma sivu.',
    'Opent op de telefoon van de klant, zoals je eigen site. Hij zegt niets over de betaling. Leeg is de site van Vipps.',
  ),
  when: { field: 'api', is: ['ecom'] },
  required: false,
  pattern: publicAddress,
  maxLength: 255,
};

const callbackPrefix: ProviderField = {
  name: 'callbackPrefix',
  kind: 'address',
  label: words('Callback address (eCom)', 'Adress för återanrop (eCom)', 'Adresse for tilbakekall (eCom)', 'Adresse til tilbagekald (eCom)', 'Takaisinkutsun osoite (eCom)', 'Adres voor terugmelding (eCom)'),
  help: words(
    'Vipps calls it once for each payment. The till asks by itself and needs none; with none that answers, Vipps’ dashboard shows callback errors.',
    'Vipps anropar den en gång per betalning. Kassan frågar själv och behöver ingen; om ingen svarar visar Vipps panel fel för återanrop.',
    'Vipps kaller den én gang per betaling. Kassen spør selv og trenger ingen; svarer ingen, viser Vipps’ oversikt feil for tilbakekall.',
    'Vipps kalder den én gang pr. betaling. Kassen spørger selv og behøver ingen; svarer ingen, viser Vipps’ oversigt fejl for tilbagekald.',
    'Vipps kutsuu sitä kerran joka maksusta. Kassa kysyy itse eikä tarvitse sitä; jos mikään ei vastaa, Vippsin näkymässä on virheitä.',
    'Vipps roept het één keer per betaling aan. De kassa vraagt zelf en heeft het niet nodig; antwoordt er niets, dan toont het dashboard van Vipps fouten.',
  ),
  when: { field: 'api', is: ['ecom'] },
  required: false,
  pattern: publicAddress,
  maxLength: 255,
};

const testPhone: ProviderField = {
  name: 'testPhone',
  kind: 'phone',
  label: words('Test user’s phone number', 'Testanvändarens telefonnummer', 'Testbrukerens telefonnummer', 'Testbrugerens telefonnummer', 'Testikäyttäjän puhelinnumero', 'Telefoonnummer van de testgebruiker'),
  help: words(
    'For the full check in the test environment. Never a customer’s number.',
    'För hela kontrollen i testmiljön. Aldrig en kunds nummer.',
    'For hele kontrollen i testmiljøet. Aldri en kundes nummer.',
    'Til hele kontrollen i testmiljøet. Aldrig en kundes nummer.',
    'Testiympäristön koko tarkistukseen. Ei koskaan asiakkaan numero.',
    'Voor de volledige controle in de testomgeving. Nooit een nummer van een klant.',
  ),
  when: { field: 'environment', is: ['test', 'own'] },
  required: false,
  pattern: '[+0-9 ()./-]{8,20}',
  maxLength: 20,
};

export const fields: readonly ProviderField[] = [
  environment, baseUrl, clientId, clientSecret, subscriptionKey, merchantSerialNumber, api, push, qrPicture, userinfo, prefix, fallBack, callbackPrefix, testPhone,
];

/** What a register is asked for when it chooses its sales unit. */
export const salesUnitField: ProviderField = {
  name: 'salesUnit',
  kind: 'code',
  label: merchantSerialNumber.label,
  help: words('Four to six digits. Empty is the account’s.', 'Fyra till sex siffror. Tomt är kontots.', 'Fire til seks sifre. Tomt er kontoens.', 'Fire til seks cifre. Tomt er kontoens.', 'Neljästä kuuteen numeroa. Tyhjä on tilin oma.', 'Vier tot zes cijfers. Leeg is dat van het account.'),
  required: false,
  pattern: msnPattern,
  maxLength: 6,
};

/** What the cashier types for a push; it is kept nowhere. */
export const phoneField: ProviderField = {
  name: 'phoneNumber',
  kind: 'phone',
  label: words('Customer’s phone number', 'Kundens telefonnummer', 'Kundens telefonnummer', 'Kundens telefonnummer', 'Asiakkaan puhelinnumero', 'Telefoonnummer van de klant'),
  help: words(
    'With the country’s code where it is from abroad. It is not stored.',
    'Med landsnummer om det är utländskt. Det sparas inte.',
    'Med landkode hvis det er utenlandsk. Det lagres ikke.',
    'Med landekode, hvis det er udenlandsk. Det gemmes ikke.',
    'Maatunnuksen kanssa, jos se on ulkomailta. Sitä ei tallenneta.',
    'Met landnummer als het buitenlands is. Het wordt niet bewaard.',
  ),
  ask: words('Your phone number', 'Ditt telefonnummer', 'Telefonnummeret ditt', 'Dit telefonnummer', 'Puhelinnumerosi', 'Je telefoonnummer'),
  required: true,
  pattern: '[+0-9][0-9 ()./-]{5,19}',
  maxLength: 20,
};
