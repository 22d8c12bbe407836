import { type AreaDutyLine, governanceApi } from '@tongmai/api/network/governance'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { showDay } from '../../kernel/dates.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Field } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { networkWords } from './words.ts'

const LIMIT = 50

interface AreaFilter {
  readonly allianceId?: string
  readonly communityId?: string
  readonly departmentId?: string
}

/** Which department and person answers for which community today. */
export function AreaTable({ filter }: { filter: AreaFilter }) {
  const t = useWords(networkWords)
  const [offset, setOffset] = useState(0)
  const query = { ...filter, offset, limit: LIMIT }
  const read = useRead(
    governanceApi.listAreaDuties,
    { query },
    { live: ['network.area-assigned', 'area-duty'], keepPrevious: true },
  )
  return (
    <DataTable
      label={t('areas')}
      columns={useColumns()}
      read={read}
      keyOf={({ id }) => id}
      offset={offset}
      limit={LIMIT}
      onPage={setOffset}
      empty={<Nothing title={t('areas.none')} />}
    />
  )
}

function useColumns(): Column<AreaDutyLine>[] {
  const t = useWords(networkWords)
  const where = (one: AreaDutyLine) => [one.communityName, one.divisionName].filter(Boolean).join(' · ')
  const person = (one: AreaDutyLine) => [one.personName, one.personPhone].filter(Boolean).join(' ')
  return [
    { key: 'community', title: t('area.community'), cell: (one) => <b>{where(one)}</b>, text: where },
    {
      key: 'department',
      title: t('area.department'),
      cell: (one) => `${one.institutionName} ${one.departmentName ?? ''}`,
      text: (one) => `${one.institutionName} ${one.departmentName ?? ''}`,
    },
    { key: 'person', title: t('area.person'), short: true, cell: person, text: person },
    { key: 'task', title: t('area.task'), cell: (one) => one.task, text: (one) => one.task },
    {
      key: 'since',
      title: t('member.validity'),
      short: true,
      cell: (one) => t('member.span', { since: one.since, until: one.until ?? t('member.open-end') }),
      text: (one) => `${one.since} ${one.until ?? ''}`,
    },
    {
      key: 'evidence',
      title: t('area.evidence'),
      cell: (one) => one.evidence ?? '—',
      text: (one) => one.evidence ?? '',
    },
    { key: 'act', title: '', align: 'right', cell: (one) => one.mayChange && <Acts area={one} /> },
  ]
}

function Acts({ area }: { area: AreaDutyLine }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const confirm = useConfirm()
  const onError = useTellRefused()
  const { now } = useDates()
  const [noting, setNoting] = useState(false)
  const { id, version } = area
  const until = showDay(now)
  const end = useWrite(governanceApi.endArea, {
    touches: ['area-duty'],
    onDone: () => tell(t('area.ended', { until })),
  })
  const run = () => end.mutate({ params: { id }, body: { until, version } }, { onError })
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <Button type="text" onClick={() => setNoting(true)}>
        {t('area.evidence')}
      </Button>
      <Button
        type="text"
        danger
        onClick={() =>
          confirm({ label: t('area.end'), confirm: t('area.ended', { until }), danger: true, run })
        }
      >
        {t('area.end')}
      </Button>
      {noting && <NoteEvidence area={area} onClose={() => setNoting(false)} />}
    </span>
  )
}

function NoteEvidence({ area, onClose }: { area: AreaDutyLine; onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const [evidence, setEvidence] = useState(area.evidence ?? '')
  const note = useWrite(governanceApi.noteAreaEvidence, {
    touches: ['area-duty'],
    onDone: () => {
      tell(t('area.noted'))
      onClose()
    },
  })
  const { id, version } = area
  return (
    <Modal
      open
      title={`${area.personName} · ${t('area.evidence')}`}
      okText={t('save')}
      onOk={() => note.mutate({ params: { id }, body: { evidence, version } })}
      onCancel={onClose}
      confirmLoading={note.isPending}
      okButtonProps={{ disabled: !evidence.trim() }}
    >
      <RefusalNote refused={note.error} />
      <Field label={t('area.evidence')} required>
        {(field) => (
          <Input.TextArea
            id={field}
            rows={4}
            value={evidence}
            onChange={({ target }) => setEvidence(target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}
