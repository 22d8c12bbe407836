import type { NoticeThing } from '@tongmai/api/notice'

type Place = (id: string) => string
const below =
  (folder: string): Place =>
  (id) =>
    `${folder}/${id}`
/** What has no page of its own lies in a list. */
const within =
  (list: string): Place =>
  () =>
    list

/** Where the page of each kind of thing lies; what a person is told must lead somewhere. */
export const pages: Readonly<Record<NoticeThing, Place>> = {
  advice: below('/advices'),
  agreement: below('/agreements'),
  alert: below('/alerts'),
  careplan: below('/careplans'),
  contract: below('/contracts'),
  'contract-advice': below('/contract-advices'),
  duty: within('/duties'),
  emergency: within('/emergency-accesses'),
  'follow-up': within('/follow-ups?view=now&mine=true'),
  'green-channel': below('/green-channels'),
  'home-bed': below('/home-beds'),
  licence: within('/licences'),
  mission: below('/missions'),
  objection: below('/objections'),
  'proxy-request': below('/proxy-requests'),
  referral: below('/referrals'),
  'referral-review': below('/referral-reviews'),
  'resident-link': below('/resident-links'),
  'self-answer': within('/follow-ups?view=answered'),
  shortage: below('/shortages'),
  'test-order': (id) => `/recognition-decisions?orderId=${id}`,
  waiting: below('/waitings'),
}

const isKnown = (kind: string): kind is NoticeThing => Object.hasOwn(pages, kind)

/** Where a thing's page lies: `referral:7` → `/referrals/7`; a part of it (`agreement:7/3`, `referral:7:confirmation`) on the same page. */
export function pathOf(thing: string): string {
  const [kind = '', rest = ''] = thing.split(':', 2)
  const [id = ''] = rest.split(/[/.]/)
  return isKnown(kind) ? pages[kind](id) : '/inbox'
}
