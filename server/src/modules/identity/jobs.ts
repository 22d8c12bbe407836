import * as z from 'zod/mini'
import type { Job } from '../../kernel/module.ts'
import { unseal } from '../../kernel/secret.ts'
import { smsGateway } from './gateway.ts'
import { removeEnded } from './store/session.ts'

const message = z.object({
  phone: z.string(),
  code: z.string(),
  purpose: z.enum(['register', 'reset', 'sign']),
})

export const jobs: readonly Job[] = [
  {
    name: 'identity.send-code',
    run: async (world, payload) => {
      const { phone, code, purpose } = z.parse(message, payload)
      await smsGateway(world).send({ phone: unseal(phone), code: unseal(code), purpose })
    },
  },
  {
    name: 'identity.sweep',
    cron: '17 * * * *',
    run: (world) => world.asSystem(null, removeEnded),
  },
]
