import type { Deeds, GoLiveItem, ProviderLink, Settings } from '../../core/payments/provider.ts';
import { environmentOf, type Environment } from './account.ts';
import { memoryOf } from './memory.ts';
import { words } from './words.ts';

/*
 * What the service wants to have seen of a till before real customers pay (Vipps, section 14), as far as a register's own books can show
 * it. Each point names the payments that show it: a partner sends them along.
 */

type Payment = Deeds['payments'][number];
type Shown = readonly { readonly reference: string; readonly at: string }[];

/** As many as a reviewer wants to look at. */
const examples = 3;

/** Test and an own address are alike: made-up money. A payment from before the environment was noted is of the test. */
const inProduction = (data: Settings): boolean => memoryOf(data).environment === 'production';

function item(id: string, label: GoLiveItem['label'], help: GoLiveItem['help'], shown: Shown): GoLiveItem {
  const [newest] = shown;
  return { id, label, help, done: newest ? { at: newest.at, references: shown.slice(0, examples).map(({ reference }) => reference).filter((one) => one !== '') } : null };
}

const named = (payments: readonly Payment[]): Shown => payments.map(({ data, reference, at }) => ({ reference: memoryOf(data).reference ?? reference, at }));
const checked = (deeds: Deeds, name: string): Shown => deeds.checks.filter(({ check }) => check === name).map(({ at }) => ({ reference: '', at }));

const lookedAt = words(
  'Ticks itself from what this register has done.',
  'Bockas av själv efter vad kassan har gjort.',
  'Krysses av selv etter det kassen har gjort.',
  'Krydses af selv efter det, kassen har gjort.',
  'Merkitään itse sen mukaan, mitä kassa on tehnyt.',
  'Wordt vanzelf afgevinkt door wat de kassa heeft gedaan.',
);
const twoKroner = words(
  'One each is enough. Use a small amount, such as 2 kroner.',
  'En av varje räcker. Ta ett litet belopp, till exempel 2 kronor.',
  'Én av hver er nok. Bruk et lite beløp, for eksempel 2 kroner.',
  'Én af hver er nok. Brug et lille beløb, for eksempel 2 kroner.',
  'Yksi kutakin riittää. Käytä pientä summaa, esimerkiksi 2 kruunua.',
  'Eén van elk is genoeg. Neem een klein bedrag, zoals 2 kronen.',
);

/** In the order of the service's own list; what only the real environment can show comes last. */
export function goLive(link: ProviderLink, deeds: Deeds): readonly GoLiveItem[] {
  const trial = deeds.payments.filter(({ data }) => !inProduction(data));
  const real = deeds.payments.filter(({ data }) => inProduction(data));
  const refunds = (production: boolean, whole: boolean): Shown => deeds.refunds.filter(({ data, whole: all }) => inProduction(data) === production && all === whole).map(({ data, reference, at }) => ({ reference: memoryOf(data).reference ?? reference, at }));
  const environment: Environment = environmentOf(link.account.settings);
  return [
    item('token', words('Keys accepted', 'Nycklarna godtagna', 'Nøklene godtatt', 'Nøglerne godtaget', 'Avaimet hyväksytty', 'Sleutels aanvaard'), lookedAt, [...checked(deeds, 'smallest-payment'), ...named(deeds.payments)]),
    item('sales-unit', words('Sales unit looked at', 'Säljstället kontrollerat', 'Salgsstedet kontrollert', 'Salgsstedet kontrolleret', 'Myyntipaikka tarkistettu', 'Verkooppunt bekeken'), words('Check "Sales unit" above.', 'Kontrollen "Säljställe" ovan.', 'Kontrollen "Salgssted" over.', 'Kontrollen "Salgssted" ovenfor.', 'Tarkistus "Myyntipaikka" yllä.', 'De controle "Verkooppunt" hierboven.'), checked(deeds, 'sales-unit')),
    item('created', words('Payment created and cancelled', 'Betalning skapad och avbruten', 'Betaling opprettet og avbrutt', 'Betaling oprettet og annulleret', 'Maksu luotu ja peruttu', 'Betaling gemaakt en geannuleerd'), words('Check "Smallest payment" above, or cancel one at the counter.', 'Kontrollen "Minsta betalning" ovan, eller avbryt en i kassan.', 'Kontrollen "Minste betaling" over, eller avbryt en i kassen.', 'Kontrollen "Mindste betaling" ovenfor, eller annullér en ved kassen.', 'Tarkistus "Pienin maksu" yllä, tai peruuta maksu kassalla.', 'De controle "Kleinste betaling" hierboven, of annuleer er een aan de kassa.'), [...checked(deeds, 'smallest-payment'), ...named(trial.filter(({ state }) => state === 'cancelled'))]),
    item('part-capture', words('Part captured, rest released, part refunded', 'Del dragen, resten släppt, del återbetald', 'Del trukket, resten frigitt, del tilbakebetalt', 'Del hævet, resten frigivet, del tilbagebetalt', 'Osa veloitettu, loput vapautettu, osa palautettu', 'Deel geïnd, rest vrijgegeven, deel terugbetaald'), words('Check "Whole cycle" above, in the test environment.', 'Kontrollen "Hela kedjan" ovan, i testmiljön.', 'Kontrollen "Hele løpet" over, i testmiljøet.', 'Kontrollen "Hele forløbet" ovenfor, i testmiljøet.', 'Tarkistus "Koko kierto" yllä, testiympäristössä.', 'De controle "Hele cyclus" hierboven, in de testomgeving.'), checked(deeds, 'full-cycle')),
    item('paid-qr', words('Paid by QR code', 'Betalt med QR-kod', 'Betalt med QR-kode', 'Betalt med QR-kode', 'Maksettu QR-koodilla', 'Betaald met QR-code'), lookedAt, named(trial.filter(({ state, way }) => state === 'paid' && way !== 'push'))),
    item('paid-push', words('Paid by request to a phone number', 'Betalt med begäran till telefon', 'Betalt med krav på telefon', 'Betalt med anmodning på telefon', 'Maksettu puhelinnumeroon', 'Betaald via telefoonnummer'), words('Only where it is approved.', 'Bara där det är godkänt.', 'Bare der det er godkjent.', 'Kun hvor det er godkendt.', 'Vain jos se on hyväksytty.', 'Alleen waar het is goedgekeurd.'), named(trial.filter(({ state, way }) => state === 'paid' && way === 'push'))),
    item('aborted', words('Customer said no', 'Kunden sa nej', 'Kunden sa nei', 'Kunden sagde nej', 'Asiakas kieltäytyi', 'Klant zei nee'), lookedAt, named(deeds.payments.filter(({ state }) => state === 'declined'))),
    item('expired', words('Customer did nothing until it ran out', 'Kunden gjorde inget tills tiden gick ut', 'Kunden gjorde ingenting før tiden gikk ut', 'Kunden gjorde intet, før tiden løb ud', 'Asiakas ei tehnyt mitään ennen kuin aika loppui', 'Klant deed niets tot de tijd om was'), words('Ten minutes without a scan.', 'Tio minuter utan skanning.', 'Ti minutter uten skanning.', 'Ti minutter uden scanning.', 'Kymmenen minuuttia ilman lukua.', 'Tien minuten zonder scan.'), named(deeds.payments.filter(({ state }) => state === 'expired'))),
    item('refund-part', words('Part given back', 'Del återbetald', 'Del tilbakebetalt', 'Del tilbagebetalt', 'Osa palautettu', 'Deel terugbetaald'), lookedAt, refunds(false, false)),
    item('refund-whole', words('All given back', 'Allt återbetalt', 'Alt tilbakebetalt', 'Alt tilbagebetalt', 'Kaikki palautettu', 'Alles terugbetaald'), lookedAt, refunds(false, true)),
    item('receipt', words('Receipt in the customer’s app', 'Kvitto i kundens app', 'Kvittering i kundens app', 'Kvittering i kundens app', 'Kuitti asiakkaan sovelluksessa', 'Bon in de app van de klant'), lookedAt, named(deeds.payments.filter(({ receiptSent }) => receiptSent))),
    item('real-environment', words('Production chosen', 'Produktion vald', 'Produksjon valgt', 'Produktion valgt', 'Tuotanto valittu', 'Productie gekozen'), words('With the keys of production.', 'Med produktionens nycklar.', 'Med nøklene for produksjon.', 'Med nøglerne til produktion.', 'Tuotannon avaimilla.', 'Met de sleutels van productie.'), environment === 'production' ? named(deeds.payments).slice(0, 1) : []),
    item('real-captured', words('Production: one taken', 'Produktion: en dragen', 'Produksjon: én trukket', 'Produktion: én hævet', 'Tuotanto: yksi veloitettu', 'Productie: één geïnd'), twoKroner, named(real.filter(({ state }) => state === 'paid'))),
    item('real-refunded', words('Production: one given back', 'Produktion: en återbetald', 'Produksjon: én tilbakebetalt', 'Produktion: én tilbagebetalt', 'Tuotanto: yksi palautettu', 'Productie: één terugbetaald'), twoKroner, [...refunds(true, true), ...refunds(true, false)]),
    item('real-cancelled', words('Production: one cancelled', 'Produktion: en avbruten', 'Produksjon: én avbrutt', 'Produktion: én annulleret', 'Tuotanto: yksi peruttu', 'Productie: één geannuleerd'), twoKroner, named(real.filter(({ state }) => state === 'cancelled' || state === 'released'))),
  ];
}
