import { workforceApi } from '@tongmai/api/workforce'
import type { Team } from '@tongmai/api/workforce/duty'
import { Button } from 'antd'
import { useState } from 'react'
import { To } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Cards, Facts, Page } from '../../ui/page.tsx'
import { TeamForm } from './team-form.tsx'
import { workforceWords } from './words.ts'

/** The teams of my institution, one card each. */
export function TeamList() {
  const t = useWords(workforceWords)
  const may = useMay()
  const [open, setOpen] = useState<Team | 'new' | null>(null)
  const read = useRead(
    workforceApi.listTeams,
    { query: { offset: 0, limit: 100 } },
    { live: ['workforce.team'] },
  )
  const manages = may('workforce.manage')
  const add = manages && (
    <Button type="primary" onClick={() => setOpen('new')}>
      {t('team.add')}
    </Button>
  )
  return (
    <Page title={t('team.title')} hint={t('team.hint')} actions={add}>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={t('team.none')} hint={t('team.none-hint')} />
          ) : (
            <Cards>
              {items.map((team) => (
                <TeamCard key={team.id} team={team} {...(manages ? { onEdit: () => setOpen(team) } : {})} />
              ))}
            </Cards>
          )
        }
      </Loaded>
      {open && <TeamForm team={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function TeamCard({ team, onEdit }: { team: Team; onEdit?: () => void }) {
  const t = useWords(workforceWords)
  const members = team.members.map((one) => (
    <div key={one.practitionerId}>
      <To to={`/practitioners/${one.practitionerId}`}>{one.name}</To>{' '}
      <span className="tm-quiet">
        {[one.leads && t('team.leader'), one.title !== 'none' && t(`title.${one.title}`)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </div>
  ))
  const extra = onEdit && (
    <Button size="small" onClick={onEdit}>
      {t('team.edit')}
    </Button>
  )
  return (
    <Card title={team.name} extra={extra}>
      <Facts
        facts={[
          [t('team.kind'), t(`team.kind.${team.kind}`)],
          [t('team.members'), members],
          [t('staff.phone'), team.phone && <a href={`tel:${team.phone}`}>{team.phone}</a>],
          [t('staff.since'), team.since],
        ]}
      />
    </Card>
  )
}
