import type { Actor } from '../../kernel/actor.ts'
import type { Sight } from './store/quality.ts'

/** How far somebody sees what is good and bad in the data: the region, an office's partners, an institution, themselves. */
export function sightOf(actor: Actor): Sight {
  const { institutionId, practitionerId, permissions } = actor
  const reach = permissions.has('oversight.read')
    ? 'all'
    : permissions.has('quality.manage')
      ? 'partners'
      : permissions.has('quality.oversee')
        ? 'institution'
        : 'self'
  return { institutionId: institutionId ?? '', practitionerId, reach }
}

/** What is to be mended names residents: nobody sees it beyond their institution. */
export function listSightOf(actor: Actor): Sight {
  const sight = sightOf(actor)
  const isWide = actor.permissions.has('quality.oversee') || sight.reach === 'partners'
  return { ...sight, reach: isWide ? 'institution' : 'self' }
}
