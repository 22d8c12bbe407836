import { type AgreementLine, type AgreementStatus, agreementApi } from '@tongmai/api/network/agreement'
import { type ReactNode, useState } from 'react'
import { call } from '../../kernel/call.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { networkWords } from './words.ts'

const LIMIT = 20
const tones: Readonly<Record<AgreementStatus, Tone>> = {
  draft: 'idle',
  signing: 'wait',
  signed: 'note',
  inForce: 'good',
  renewed: 'idle',
  exited: 'bad',
  ended: 'idle',
  withdrawn: 'idle',
}

/** An agreement's state in words and colour. */
export function AgreementState({ status }: { status: AgreementStatus }) {
  const t = useWords(networkWords)
  return <StateTag tone={tones[status]}>{t(`status.${status}`)}</StateTag>
}

interface AgreementTableProps {
  readonly allianceId?: string
  readonly institutionId?: string
  readonly status?: AgreementStatus | undefined
  /** What filters the list, and how to see all again. */
  readonly filters?: ReactNode
  readonly onClear?: () => void
}

/** The agreements that the viewer may see, of an alliance, of an institution, or all. */
export function AgreementTable({ filters, onClear, ...filter }: AgreementTableProps) {
  const t = useWords(networkWords)
  const [offset, setOffset] = useState(0)
  const query = { ...filter, offset, limit: LIMIT }
  const read = useRead(agreementApi.listAgreements, { query }, { live: ['agreement'], keepPrevious: true })
  return (
    <DataTable
      label={t('agreements')}
      columns={useColumns()}
      read={read}
      keyOf={({ id }) => id}
      rowTo={({ id }) => `/agreements/${id}`}
      offset={offset}
      limit={LIMIT}
      onPage={setOffset}
      filters={filters}
      filtered={Boolean(filters && (filter.status ?? filter.allianceId))}
      {...(onClear ? { onClear } : {})}
      empty={<Nothing title={t('agreements.none')} hint={t('agreements.none-hint')} />}
      readPage={(from, limit) =>
        call(agreementApi.listAgreements, { query: { ...filter, offset: from, limit } })
      }
    />
  )
}

function useColumns(): Column<AgreementLine>[] {
  const t = useWords(networkWords)
  const period = (one: AgreementLine) => t('member.span', { since: one.since, until: one.until })
  const signed = (one: AgreementLine) =>
    t('agreement.signed-of', { signed: one.signed, all: one.parties.length })
  return [
    {
      key: 'title',
      title: t('agreement.title'),
      cell: (one) => <b>{one.title}</b>,
      text: (one) => one.title,
    },
    {
      key: 'number',
      title: t('agreement.number'),
      short: true,
      cell: (one) => one.number,
      text: (one) => one.number,
    },
    {
      key: 'alliance',
      title: t('alliance.name'),
      cell: (one) => one.allianceName,
      text: (one) => one.allianceName,
    },
    {
      key: 'grade',
      title: t('member.grade'),
      short: true,
      cell: (one) => t(`cooperation.${one.grade}`),
      text: (one) => t(`cooperation.${one.grade}`),
    },
    { key: 'period', title: t('agreement.period'), short: true, cell: period, text: period },
    { key: 'signed', title: t('agreement.signed'), short: true, cell: signed, text: signed },
    {
      key: 'status',
      title: t('state'),
      cell: (one) => <AgreementState status={one.status} />,
      text: (one) => t(`status.${one.status}`),
    },
  ]
}
