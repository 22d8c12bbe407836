import { residentApi } from '@tongmai/api/identity/resident'
import { sessionApi } from '@tongmai/api/identity/session'
import { call } from '../../../kernel/call.ts'
import { lazily } from '../../../kernel/lazily.ts'
import type { ResidentModule, ResidentSession, ResidentSessionSource } from '../../../kernel/module.ts'
import { Refused } from '../../../kernel/refused.ts'
import { identityResidentTitles } from './titles.ts'

/** Who is signed in as a resident; null where nobody is, or somebody of the staff. */
async function read(): Promise<ResidentSession | null> {
  try {
    const session = await call(sessionApi.session, {}, { whenSessionEnded: 'refuse' })
    if (session.kind !== 'resident') return null
    return { account: { id: session.id, name: session.name }, residents: session.residents }
  } catch (error) {
    if (error instanceof Refused && error.kind === 'unauthenticated') return null
    throw error
  }
}

const own = {
  titles: identityResidentTitles,
  words: () => import('./words.ts').then((m) => m.identityResidentWords),
}

const source: ResidentSessionSource = {
  read,
  leave: async () => {
    try {
      await call(sessionApi.signOut, {}, { whenSessionEnded: 'refuse' })
    } catch (error) {
      if (!(error instanceof Refused) || error.kind !== 'unauthenticated') throw error
    }
  },
  WithoutPassword: lazily(own, () => import('./without-password.tsx').then((m) => m.WithoutPassword)),
  signIn: async (secret) => void (await call(residentApi.residentSignIn, { body: secret })),
}

/** Residents sign in by phone number and password. */
export const identityResident: ResidentModule<typeof identityResidentTitles> = {
  name: 'identity',
  ...own,
  session: source,
  own: [{ order: 95, load: () => import('./own-card.tsx').then((m) => m.OwnCard) }],
  pages: [
    {
      path: '/password',
      title: 'identity.change-password',
      load: () => import('./password-page.tsx').then((m) => m.PasswordPage),
    },
    {
      path: '/authorize',
      title: 'identity.app.title',
      load: () => import('./authorize-page.tsx').then((m) => m.AuthorizePage),
    },
    {
      path: '/apps',
      title: 'identity.app.allowed',
      load: () => import('./apps-page.tsx').then((m) => m.AppsPage),
    },
  ],
}
