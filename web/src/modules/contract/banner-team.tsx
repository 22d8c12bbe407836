import { PhoneOutlined } from '@ant-design/icons'
import { contractApi } from '@tongmai/api/contract'
import type { ContractStatus } from '@tongmai/api/contract/flow'
import { To } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'

const inForce = new Set<ContractStatus>(['active', 'expiring'])

/** In the banner of a resident: the team that looks after them, and its telephone. */
export function BannerTeam({ residentId }: { residentId: string }) {
  const query = { residentId, sort: 'newest' as const, limit: 5 }
  const { data } = useRead(contractApi.list, { query }, { live: ['contract'] })
  const current = data?.items.find(({ status, upcoming }) => inForce.has(status) && !upcoming)
  if (!current) return null
  const { id, team, teamPhone } = current
  return (
    <span>
      <To to={`/contracts/${id}`}>{team.name}</To>
      {teamPhone && (
        <>
          {' '}
          <a href={`tel:${teamPhone}`} style={{ whiteSpace: 'nowrap' }}>
            <PhoneOutlined /> {teamPhone}
          </a>
        </>
      )}
    </span>
  )
}
