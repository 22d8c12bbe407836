import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { hashToken } from '../../../kernel/secret.ts'
import { tell } from '../announce.ts'
import { findClient } from '../store/client.ts'
import { addAssertion } from '../store/key.ts'
import { visitIfAny } from '../visit.ts'

/** How a client says who it is: by its secret, by an assertion whose signature is proven, or (public) by its name. */
export type Proof =
  | { readonly kind: 'secret'; readonly clientId: string; readonly secret: string }
  | { readonly kind: 'assertion'; readonly clientId: string; readonly jti: string; readonly until: Date }
  | { readonly kind: 'name'; readonly clientId: string }

const isSecret = (given: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hash))

export type ProvenClient = NonNullable<Awaited<ReturnType<typeof findClient>>>

/** The client behind a proof; 401 for every other, and the attempt is told. As the system. */
export async function proveClient(ctx: Ctx, proof: Proof): Promise<ProvenClient> {
  const client = await findClient(ctx, proof.clientId)
  if (client?.state === 'active' && (await isRight(ctx, client, proof))) return client
  const keep = (kept: Ctx) => tellFailure(kept, client?.id ?? null)
  return refuse('unauthenticated', 'identity.invalid-client', { keep })
}

async function isRight(ctx: Ctx, client: ProvenClient, proof: Proof): Promise<boolean> {
  if (proof.kind === 'name') return client.kind === 'public'
  if (proof.kind === 'secret') return client.kind !== 'public' && isSecret(proof.secret, client.secretHash)
  const { clientId, jti, until } = proof
  return addAssertion(ctx, { clientId, jti, until })
}

const tellFailure = (ctx: Ctx, clientId: string | null) =>
  tell(ctx, 'identity.sign-in-failed', {
    thing: clientId ? `client:${clientId}` : 'sign-in',
    data: { kind: 'client', accountId: clientId, address: visitIfAny()?.address ?? '', locked: false },
  })
