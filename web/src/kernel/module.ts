import type { ComponentType } from 'react'
import type { Words, WordTable } from './words.ts'

/**
 * How a module of the web joins the staff app. `web/src/modules/<name>/index.ts` exports one `StaffModule`
 * named after the module, and `web/src/staff-modules.ts` lists it (one line, in the order of the modules):
 *
 *     export const referral: StaffModule<typeof referralTitles> = {
 *       name: 'referral',
 *       titles: referralTitles,
 *       words: () => import('./words.ts').then((m) => m.referralWords),
 *       routes: [
 *         { path: '/referrals', may: 'referral.read', title: 'referral.title', load: () => import('./referral-list.tsx').then((m) => m.ReferralList) },
 *         { path: '/referrals/$id', may: 'referral.read', title: 'referral.title', load: () => import('./referral-page.tsx').then((m) => m.ReferralPage) },
 *       ],
 *       navigation: [{ group: 'referral', path: '/referrals', may: 'referral.read', label: 'referral.title', icon: SwapOutlined }],
 *       slots: [{ at: 'person', order: 20, may: 'referral.read', load: () => import('./person-referrals.tsx').then((m) => m.PersonReferrals) }],
 *     }
 *
 * - `index.ts` is in the first load: titles (`titles.ts`), paths, icons; every page behind `load`, and the words come with them.
 * - Pages take no props. They read `useParam('id')` and `useSearch(schema)` from `kernel/route.tsx`, data by
 *   `useRead`, acts by `useWrite`, texts by `useWords(referralWords)`, and draw with `web/src/ui`.
 * - Imports go down, slots go up: a page offers `<Slot at="person" residentId={…} />`, later modules fill it. A
 *   module that offers a slot of its own adds its props by `declare module '../../kernel/module.ts' { interface SlotProps { 'referral.aside': { id: string } } }`.
 * - What residents see lies in `modules/<name>/resident/index.ts` as a `ResidentModule`, listed in
 *   `web/src/resident-modules.ts`; nothing reachable from there imports antd or the router.
 */
export interface StaffModule<Titles extends Words = Words> {
  readonly name: string
  readonly titles: Titles
  readonly words: () => Promise<Words>
  readonly routes?: readonly PageRoute<TitleOf<Titles>>[]
  readonly navigation?: readonly NavigationEntry<TitleOf<Titles>>[]
  readonly slots?: readonly SlotFill[]
  /** Only module identity: who is signed in, and the page to sign in with. */
  readonly session?: SessionSource
}

/** Full key of a word that the first load brings. */
export type TitleOf<Titles extends Words> =
  Titles extends Words<infer Table extends WordTable> ? `${string}.${keyof Table & string}` : never

/** One page. `path` is absolute, parameters are written `$id`. */
export interface PageRoute<Title extends string = string> {
  readonly path: `/${string}`
  /** The permission without which the page says that it is not this role's; nothing: every signed-in person. */
  readonly may?: string
  /** Full word key of the browser tab's title. */
  readonly title: Title
  readonly load: () => Promise<ComponentType>
}

/** The groups of the left navigation, in their order. */
export const navigationGroups = [
  'work',
  'care',
  'family',
  'referral',
  'place',
  'alliance',
  'insight',
  'settings',
] as const
export type NavigationGroup = (typeof navigationGroups)[number]

/** One line of the left navigation; shown only to who has the permission. */
export interface NavigationEntry<Title extends string = string> {
  readonly group: NavigationGroup
  readonly path: `/${string}`
  readonly may?: string
  /** Full word key, `referral.title`. */
  readonly label: Title
  readonly icon?: ComponentType
  /** Whoever has this permission works here every day: on a phone the page stands in the bar itself. */
  readonly daily?: string
  /** Within the group, small first; 50 where nothing is said. */
  readonly order?: number
}

/** What each place that other modules may fill hands to those who fill it. */
export interface SlotProps {
  /** In the top bar, right of the institution: the inbox bell. */
  'top-bar': object
  /** Cards on the page of one resident. */
  person: { readonly residentId: string }
  /** Cards on the page of one institution. */
  institution: { readonly institutionId: string }
  /** Cards on the page of one practitioner. */
  practitioner: { readonly practitionerId: string }
  /** Beside the work-list on the home page. */
  home: object
  /** Lines in the menu under the person's own name. */
  account: object
}
export type SlotName = keyof SlotProps

/** One component for one place. */
export type SlotFill = {
  readonly [Name in SlotName]: {
    readonly at: Name
    readonly may?: string
    readonly order?: number
    readonly load: () => Promise<ComponentType<SlotProps[Name]>>
  }
}[SlotName]

/** Who is signed in, as every page may know it. */
export interface Session {
  readonly account: { readonly id: string; readonly name: string; readonly username?: string }
  /** The institution they act for now. */
  readonly institution: { readonly id: string; readonly name: string; readonly tier: string | null } | null
  readonly practitionerId?: string | null
  readonly permissions: readonly string[]
  /** A first password must be changed before anything else. */
  readonly mustChangePassword: boolean
  /** Every institution they may act for. */
  readonly posts: readonly {
    readonly institutionId: string
    readonly institutionName: string
    readonly roles: readonly string[]
  }[]
}

/** What module identity gives the shell, in the shell's terms. */
export interface SessionSource {
  /** The session, or null where nobody is signed in. */
  readonly read: () => Promise<Session | null>
  readonly leave: () => Promise<void>
  /** Acts for another of one's institutions from now on. */
  readonly actFor: (institutionId: string) => Promise<void>
  /**
   * The form only; the shell draws what stands around it. `again` is set in the dialog over a page whose
   * session ended: the account is then fixed, and only the secret is asked.
   */
  readonly SignIn: ComponentType<{ readonly onSignedIn: () => void; readonly again?: Session }>
  /** The form that changes a first password; the shell shows it before anything else. */
  readonly ChangePassword: ComponentType<{ readonly onChanged: () => void }>
}

/** How a module joins the residents' app: `export const referralResident: ResidentModule = { … }`. */
export interface ResidentModule<Titles extends Words = Words> {
  readonly name: string
  readonly titles: Titles
  readonly words: () => Promise<Words>
  readonly pages?: readonly ResidentPage<TitleOf<Titles>>[]
  /** Cards on the first page, small `order` first. */
  readonly cards?: readonly ResidentCardFill[]
  /** Cards on the page 我的: who one is, what one has allowed, how the app looks. */
  readonly own?: readonly ResidentCardFill[]
  readonly session?: ResidentSessionSource
}

/** One card of a page that modules fill together, small `order` first. */
export interface ResidentCardFill {
  readonly order?: number
  readonly load: () => Promise<ComponentType>
}

/** One page of the residents' app, below `/me`; parameters are written `$id` and read with `useSmallParam`. */
export interface ResidentPage<Title extends string = string> {
  readonly path: `/${string}`
  readonly title: Title
  /** Shown in the bottom navigation (at most five there) with this sign, one Chinese character; `label` where the title is too long for it. */
  readonly tab?: { readonly sign: string; readonly order: number; readonly label?: Title }
  readonly load: () => Promise<ComponentType>
}

/** Who is signed in as a resident. */
export interface ResidentSession {
  readonly account: { readonly id: string; readonly name: string }
  readonly mustChangePassword?: boolean
  /** Themselves first, then those they stand for. */
  readonly residents: readonly { readonly id: string; readonly name: string }[]
}

/** What module identity gives the residents' shell. */
export interface ResidentSessionSource {
  readonly read: () => Promise<ResidentSession | null>
  readonly leave: () => Promise<void>
  readonly signIn: (secret: { phone: string; password: string }) => Promise<void>
  /** Below the sign-in: the ways in for who has no password yet, or forgot it. */
  readonly WithoutPassword?: ComponentType<{ readonly onSignedIn: () => void }>
}
