import { customerInfoSettings, type CustomerInfoSettings } from '../../contract/customer-info.ts';
import type { ShopContext } from '../context.ts';

const keepSetting = 'keepCustomerInfo';
const daysSetting = 'customerInfoDays';
const usual: CustomerInfoSettings = { keepCustomerInfo: false, days: 90 };

/** Whether the shop keeps what customers agree to tell, and for how many days; it does not until it says so. */
export function infoSettingsOf({ stores }: Pick<ShopContext, 'stores'>): CustomerInfoSettings {
  const days = customerInfoSettings.shape.days.safeParse(Number(stores.shop.setting(daysSetting) ?? usual.days));
  return { keepCustomerInfo: stores.shop.setting(keepSetting) === 'yes', days: days.success ? days.data : usual.days };
}

export function saveInfoSettings({ stores }: Pick<ShopContext, 'stores'>, { keepCustomerInfo, days }: CustomerInfoSettings): void {
  stores.shop.setSetting(keepSetting, keepCustomerInfo ? 'yes' : 'no');
  stores.shop.setSetting(daysSetting, String(days));
}
