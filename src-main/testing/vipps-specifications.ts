import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OpenApi, type Answered, type KnownError, type Rules } from './openapi.ts';
import { inTree, type Tree } from './openapi-tree.ts';

/** Where the published files lie beside the project; elsewhere their checks are skipped, visibly. */
export const vippsFolder = join(import.meta.dirname, '../../../shared/providers/vipps');
export const hasVippsFiles = existsSync(vippsFolder);

const at = (document: Tree, ...names: readonly string[]): Tree => (inTree(document, names) ?? {}) as Tree;
const without = (list: unknown, name: string): readonly unknown[] => (Array.isArray(list) ? list.filter((one) => one !== name) : []);

/** What the gateway before every interface says, in its two shapes (Vipps, section 7.2). */
function fromGateway({ status, body }: Answered): boolean {
  if (status < 400) return false;
  try {
    const { statusCode, responseInfo } = JSON.parse(body) as { readonly statusCode?: unknown; readonly responseInfo?: { readonly responseCode?: unknown } };
    return (statusCode ?? responseInfo?.responseCode) === status;
  } catch {
    return false;
  }
}

const everywhere: readonly KnownError[] = [
  {
    where: 'answers of 400 and more',
    why: 'The gateway before an interface answers for itself: 401, 403, 404, 415, 422, 423, 429 and 500 are listed by few operations, and its two shapes by one file only (Vipps, section 7.2).',
    excuses: ({ response }, finding) => finding.includes('answer') && response !== null && response !== undefined && fromGateway(response),
  },
];

const epayment: readonly KnownError[] = [
  {
    where: 'PaymentEvent',
    why: 'It requires paymentAction, which is none of its properties; the name of the event is meant.',
    correct: (document) => {
      const event = at(document, 'components', 'schemas', 'PaymentEvent');
      event['required'] = [...without(event['required'], 'paymentAction'), 'name'];
    },
  },
  { where: 'AdjustResponse', why: 'A success is said to be application/problem+json. Which kind a body has is therefore not checked against the file.' },
  {
    where: 'Customer',
    why: 'Its three ways have no required property, so that each fits every customer and exactly one never does. Read strictly, each way has its own property only, and it works.',
  },
  {
    where: 'cancel',
    why: 'No body is described, and cancelTransactionOnly can be sent all the same (Vipps, section 5.5).',
    excuses: ({ request }, finding) => finding.includes('none is described') && /^\{"cancelTransactionOnly":(true|false)\}$/.test(request.body.replaceAll(/\s/g, '')),
  },
  {
    where: 'CreatePaymentRequest',
    why: 'Fields that came after version 1.4.1 are not in it: minimumUserAge, paymentMethod.blockedSources (Vipps, section 5.1).',
    correct: (document) => {
      at(document, 'components', 'schemas', 'CreatePaymentRequest', 'properties')['minimumUserAge'] = { type: 'integer' };
      at(document, 'components', 'schemas', 'PaymentMethod', 'properties')['blockedSources'] = { type: 'array' };
    },
  },
  {
    where: 'statuses',
    why: 'Operations that read list no refusal at all, and approving lists none of its own; the interface answers with its standard error (Vipps, section 7.3).',
    excuses: ({ response }, finding) => finding.includes('described nowhere') && [400, 404, 423, 500, 503].includes(response?.status ?? 0) && /"traceId"/.test(response?.body ?? ''),
  },
];

const receipts: readonly KnownError[] = [
  {
    where: 'OrderLine of the version that ePayment refers to',
    why: 'It requires taxPercentage and has no taxRate, without which a rate such as 25.5 % can not be said; the newer file has both and marks the former deprecated (Vipps, section 10).',
    correct: (document) => {
      const line = at(document, 'components', 'schemas', 'OrderLine');
      line['required'] = without(line['required'], 'taxPercentage');
      at(line, 'properties')['taxRate'] = { type: 'integer', minimum: 0, maximum: 10_000, nullable: true };
    },
  },
];

const orders: readonly KnownError[] = [
  {
    where: 'paymentType',
    why: 'The path wants ECOM in capitals; the guide and the vendor’s own collection write it in small letters and mixed.',
    excuses: ({ request }, finding) => finding.includes('paymentType') && /^\/order-management\/v2\/(ecom|recurring)\//i.test(request.path),
  },
];

const ecom: readonly KnownError[] = [
  {
    where: 'paths of the merchant’s own endpoints',
    why: 'Three of them refer to a file ms_import.yaml that is not published.',
    correct: (document) => {
      const paths = at(document, 'paths');
      for (const name of Object.keys(paths).filter((one) => !one.startsWith('/ecomm'))) delete paths[name];
    },
  },
  {
    where: 'Transaction.amount',
    why: 'It is to be 100 or more; nothing, null and 0 mean all that is left (Vipps, section 3.3).',
    correct: (document) => void (at(document, 'components', 'schemas', 'Transaction', 'properties')['amount'] = { type: 'integer', nullable: true, not: { minimum: 1, maximum: 99 }, minimum: 0 }),
  },
  {
    where: 'Content-Type',
    why: 'The header is to be application/json, and the bodies are described as application/json;charset=UTF-8. Either is taken.',
  },
];

const report: readonly KnownError[] = [
  {
    where: 'Ledger',
    why: 'The currency of a ledger is in the guide and in every answer, and not in the file. Answers may have more than was promised, so nothing needs to be excused.',
  },
  { where: 'dates', why: 'The header Authorization is not listed, and always needed (Vipps, section 2).', correct: (document) => void (document['security'] = [{}]) },
];

const token: readonly KnownError[] = [
  { where: 'the path', why: 'The vendor’s own collection calls /accessToken/get: paths are found in either case.' },
  { where: 'access_token', why: 'Its format is said to be base64; a JWT is three such parts with points between. The format is not checked.' },
];

export const vippsRules: Rules = {
  specifications: [
    { name: 'access token', file: 'access-token-api/docs/swagger.yaml', base: '', known: token },
    {
      name: 'epayment',
      file: 'vipps-epayment-api/docs/epayment.v1.yml',
      base: '',
      elsewhere: { 'https://raw.githubusercontent.com/vippsas/vipps-order-management-api/2.3.24/docs/swagger.yaml': 'receipts-2.3.24' },
      known: epayment,
    },
    { name: 'receipts-2.3.24', file: 'vipps-order-management-api/2.3.24/docs/swagger.yaml', base: '/only-referred-to', known: receipts },
    { name: 'order management', file: 'vipps-order-management-api/docs/swagger.yaml', known: orders },
    { name: 'ecom', file: 'vipps-ecom-api/docs/swagger.yaml', base: '', known: ecom },
    { name: 'qr', file: 'vipps-qr-api/docs/swagger.yaml' },
    { name: 'report', file: 'vipps-report-api/docs/swagger.yaml', base: '', known: report },
  ],
  known: everywhere,
  undescribed: [
    { path: /^\/management\/v1\//, why: 'The description of the management interface was not to be had; the dossier alone describes it (Vipps, section 13).' },
    { path: /^\/vipps-userinfo-api\//, why: 'The description of userinfo was not to be had; the dossier alone describes it (Vipps, section 11).' },
    { path: /^\/generate\//, why: 'The picture of a code is an address that the service gives, not an operation.' },
  ],
};

export const openVippsSpecifications = (): OpenApi => new OpenApi(vippsFolder, vippsRules);
