// Who may sign in, for whom they act and what they may do there.
// Words: an account (账号) belongs to the institution that added it and has posts (岗位) at one or more, each with
// roles (角色); a session (会话) acts for one of them; a client (系统客户端) is a program of one institution; an app (应用)
// is a client that a person opens, and acts for that person within what they allowed it (授权).
// Invariants: a password is kept as argon2id only, a token or secret as its digest; nobody changes their own roles;
// a failed sign-in is counted even though the action that found it is rolled back; what ended is refused at once in
// this process and within seconds in the others.
import { identityApi } from '@tongmai/api/identity'
import { type Actions, type Module, serve } from '../../kernel/module.ts'
import { accountActions } from './actions/account.ts'
import { appActions } from './actions/app.ts'
import { clientActions } from './actions/client.ts'
import { residentActions } from './actions/resident.ts'
import { secondFactorActions } from './actions/second-factor.ts'
import { sessionActions } from './actions/session.ts'
import { signInActions } from './actions/sign-in.ts'
import { identityEvents } from './events.ts'
import { routeOpenId } from './index/open-id-route.ts'
import { routeTokens } from './index/token-route.ts'
import { hookVisits } from './index/visit-hook.ts'
import { jobs } from './jobs.ts'
import { forgetAccount } from './token-cache.ts'

export { parseScope, type Scope, type ScopeVerb, scopeAllows } from '@tongmai/api/identity/scope'
export { identityEvents } from './events.ts'
export type { SmsGateway } from './gateway.ts'
export { bindSmsGateway, canSendCodes } from './gateway.ts'
export { clientActor } from './index/client-actor.ts'
export type { KnownClient, NewResident, NewStaff } from './index/face.ts'
export {
  accountsOfPractitioner,
  accountsWith,
  addClient,
  addResidentAccount,
  addStaff,
  fhirServersOf,
  notifyUrlsOf,
  sendCodeTo,
} from './index/face.ts'
export { resolveActor } from './index/resolve-actor.ts'
export { firstPassword, hashPassword } from './password.ts'
export { type Claim, namesOf, practisesAt, residentClaimed, standsFor } from './question.ts'
export { smartConfiguration } from './smart-configuration.ts'
export { forgetAccount, forgetResident, forgetToken } from './token-cache.ts'
export { forgetting } from './visit.ts'

const actions: Actions<typeof identityApi> = {
  ...signInActions,
  ...sessionActions,
  ...secondFactorActions,
  ...residentActions,
  ...accountActions,
  ...clientActions,
  ...appActions,
}

/** Accounts, sessions, system clients. */
export const identity: Module = {
  name: 'identity',
  ...serve(identityApi, actions),
  events: identityEvents,
  jobs,
  routes(app, world) {
    hookVisits(app, world)
    routeTokens(app, world)
    routeOpenId(app, world)
  },
  // Another process changed an account or ended a session: what this one remembers of it is dropped.
  heard({ name, thing }) {
    if (name.startsWith('identity.')) forgetAccount(thing.slice(thing.indexOf(':') + 1))
  },
}
