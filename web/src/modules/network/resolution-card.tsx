import type { AlliancePage } from '@tongmai/api/network/alliance'
import { governanceApi, type ResolutionLine } from '@tongmai/api/network/governance'
import { Button } from 'antd'
import { useState } from 'react'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { AdoptResolution } from './resolution-form.tsx'
import { Section } from './section.tsx'
import { networkWords } from './words.ts'

const LIMIT = 20

/** The council's resolutions with votes and how many of their duties are done. */
export function ResolutionCard({ of }: { of: AlliancePage }) {
  const t = useWords(networkWords)
  const [offset, setOffset] = useState(0)
  const [adopting, setAdopting] = useState(false)
  const asked = { params: { id: of.id }, query: { offset, limit: LIMIT } }
  const live = ['network.resolution-adopted', 'network.duty-reported']
  const read = useRead(governanceApi.listResolutions, asked, { live, keepPrevious: true })
  const adopt = of.mayManage && <Button onClick={() => setAdopting(true)}>{t('resolution.adopt')}</Button>
  return (
    <Section title={t('resolutions')} extra={adopt}>
      <DataTable
        label={t('resolutions')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={setOffset}
        empty={<Nothing title={t('resolutions.none')} />}
      />
      {adopting && <AdoptResolution allianceId={of.id} onClose={() => setAdopting(false)} />}
    </Section>
  )
}

function useColumns(): Column<ResolutionLine>[] {
  const t = useWords(networkWords)
  const votes = ({ votesFor, votesAgainst, votesAbstained }: ResolutionLine) =>
    t('resolution.votes', { for: votesFor, against: votesAgainst, abstained: votesAbstained })
  const done = (one: ResolutionLine) =>
    one.duties > 0 ? t('resolution.done', { done: one.dutiesDone, all: one.duties }) : '—'
  return [
    { key: 'number', title: t('resolution.number'), cell: (one) => one.number, text: (one) => one.number },
    {
      key: 'title',
      title: t('resolutions'),
      cell: (one) => (
        <details>
          <summary>
            <b>{one.title}</b>
          </summary>
          <p style={{ whiteSpace: 'pre-line' }}>{one.text}</p>
        </details>
      ),
      text: (one) => one.title,
    },
    { key: 'votes', title: t('resolution.ballot'), cell: votes, text: votes },
    { key: 'on', title: t('resolution.on'), cell: (one) => one.adoptedOn, text: (one) => one.adoptedOn },
    { key: 'duties', title: t('duties'), cell: done, text: done },
  ]
}
