import { ApiOutlined, IdcardOutlined } from '@ant-design/icons'
import { identityApi } from '@tongmai/api/identity'
import { call } from '../../kernel/call.ts'
import { lazily } from '../../kernel/lazily.ts'
import type { Session, SessionSource, StaffModule } from '../../kernel/module.ts'
import { Refused } from '../../kernel/refused.ts'
import { identityTitles } from './titles.ts'

/** Who is signed in as staff, in the shell's terms; null where nobody is, or somebody of another kind. */
async function read(): Promise<Session | null> {
  try {
    const session = await call(identityApi.session, {}, { whenSessionEnded: 'refuse' })
    if (session.kind !== 'staff') return null
    const { id, name, username, institution, practitionerId, permissions, mustChangePassword } = session
    const posts = session.posts.map((post) => ({
      institutionId: post.institution.id,
      institutionName: post.institution.shortName || post.institution.name,
      roles: post.roles,
    }))
    const account = { id, name, ...(username === null ? {} : { username }) }
    return { account, institution, practitionerId, permissions, mustChangePassword, posts }
  } catch (error) {
    if (error instanceof Refused && error.kind === 'unauthenticated') return null
    throw error
  }
}

const own = {
  titles: identityTitles,
  words: () => import('./words.ts').then((m) => m.identityWords),
}

const source: SessionSource = {
  read,
  leave: async () => void (await call(identityApi.signOut, {}, { whenSessionEnded: 'refuse' }).catch(ended)),
  actFor: async (institutionId) => void (await call(identityApi.actFor, { body: { institutionId } })),
  SignIn: lazily(own, () => import('./sign-in.tsx').then((m) => m.SignIn)),
  ChangePassword: lazily(own, () => import('./first-password.tsx').then((m) => m.FirstPassword)),
}

/** Who leaves a session that has ended has left. */
function ended(error: unknown): void {
  if (!(error instanceof Refused) || error.kind !== 'unauthenticated') throw error
}

/** Signing in, one's own account, the administration of accounts and system clients. */
export const identity: StaffModule<typeof identityTitles> = {
  name: 'identity',
  ...own,
  session: source,
  routes: [
    {
      path: '/account',
      title: 'identity.mine.title',
      load: () => import('./my-account.tsx').then((m) => m.MyAccount),
    },
    {
      path: '/accounts',
      may: 'identity.manage',
      title: 'identity.account.title',
      load: () => import('./account-list.tsx').then((m) => m.AccountList),
    },
    {
      path: '/accounts/$id',
      may: 'identity.manage',
      title: 'identity.account.one',
      load: () => import('./account-page.tsx').then((m) => m.AccountPage),
    },
    {
      path: '/authorize',
      title: 'identity.app.title',
      load: () => import('./authorize-page.tsx').then((m) => m.AuthorizePage),
    },
    {
      path: '/clients',
      may: 'identity.client',
      title: 'identity.client.title',
      load: () => import('./client-list.tsx').then((m) => m.ClientList),
    },
  ],
  navigation: [
    {
      group: 'settings',
      path: '/accounts',
      daily: 'identity.manage',
      may: 'identity.manage',
      label: 'identity.account.title',
      icon: IdcardOutlined,
      order: 10,
    },
    {
      group: 'settings',
      path: '/clients',
      daily: 'identity.client',
      may: 'identity.client',
      label: 'identity.client.title',
      icon: ApiOutlined,
      order: 20,
    },
  ],
  slots: [
    { at: 'account', order: 10, load: () => import('./account-link.tsx').then((m) => m.AccountLink) },
    {
      at: 'person',
      order: 90,
      may: 'resident.read',
      load: () => import('./person-apps.tsx').then((m) => m.PersonApps),
    },
  ],
}
