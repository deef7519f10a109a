import { z } from 'zod';

/** What the service says of a sales unit (Vipps, section 13). */
export const unitPath = (unit: string): string => `/management/v1/sales-units/${encodeURIComponent(unit)}`;

const flag = z.boolean().nullish();

export const unitView = z.object({
  configuration: z
    .object({ paymentAllowed: flag, captureType: z.string().nullish(), skipLandingPageAllowed: flag, partialCaptureAllowed: flag, lateCaptureAllowed: flag, longLivingPaymentAllowed: flag })
    .nullish(),
});
