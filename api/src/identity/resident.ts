import * as z from 'zod/mini'
import { moment, text } from '../kernel.ts'
import { signedIn } from './session.ts'
import { carry, digits, newPassword, phone, typedPassword } from './text.ts'

/** How residents sign in, register and come back after a forgotten password. */
export const residentApi = {
  residentSignIn: {
    method: 'POST',
    path: '/resident-session',
    summary: 'Signs a resident in by phone number and password',
    may: 'anyone',
    body: z.object({ phone, password: typedPassword, carry }),
    returns: signedIn,
  },
  sendCode: {
    method: 'POST',
    path: '/resident-session/code',
    summary:
      'Sends a code by SMS to register or to set a new password; the answer never tells whether an account exists',
    may: 'anyone',
    body: z.object({ phone, purpose: z.enum(['register', 'reset']) }),
    returns: z.object({ until: moment }),
  },
  residentRegister: {
    method: 'POST',
    path: '/resident-session/register',
    summary:
      'Opens a resident’s account: the code proves the phone number, name and document number find the resident',
    may: 'anyone',
    body: z.object({ phone, code: digits, name: text(100), documentNumber: text(40), newPassword, carry }),
    returns: signedIn,
  },
  residentReset: {
    method: 'POST',
    path: '/resident-session/reset',
    summary: 'Sets a new password for a resident’s account by a code sent to its phone',
    may: 'anyone',
    body: z.object({ phone, code: digits, newPassword, carry }),
    returns: signedIn,
  },
} as const
