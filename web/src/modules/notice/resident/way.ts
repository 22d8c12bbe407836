import type { MineCode } from '@tongmai/api/notice/mine'

type Way = (id: string, data: Readonly<Record<string, unknown>>) => string
const to =
  (path: string): Way =>
  () =>
    path

/** By the beginning of a code, the page where its matter stands; the longest that fits. */
const ways: Readonly<Record<string, Way>> = {
  'referral.': to('/referrals'),
  'contract.': to('/doctor'),
  'contract.advice-': (id) => `/doctor/ask/${id}`,
  'careplan.': to('/careplan'),
  'careplan.alert-': to('/readings'),
  'careplan.device-': to('/readings'),
  'capacity.': (_, data) => (String(data.for).startsWith('referral:') ? '/referrals' : '/bookings'),
  'resident.': to('/access'),
  'resident.proxy-': to('/family'),
  'resident.consent': to('/consents'),
}

/** Where a notice leads: every one of them somewhere. */
export function wayOf(
  code: MineCode | string,
  thing: string,
  data: Readonly<Record<string, unknown>>,
): string {
  const [fits] = Object.keys(ways)
    .filter((begin) => code.startsWith(begin))
    .toSorted((a, b) => b.length - a.length)
  return (fits && ways[fits]?.(thing.split(':', 2)[1] ?? '', data)) || '/'
}
