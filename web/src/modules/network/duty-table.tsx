import { type DutyLine, governanceApi } from '@tongmai/api/network/governance'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { momentAt } from '../../kernel/dates.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Field } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { networkWords } from './words.ts'

const LIMIT = 20

interface DutyTableProps {
  readonly allianceId?: string
  readonly institutionId?: string
}

/** The duties that arose from an alliance's resolutions: who, until when, done with what evidence. */
export function DutyTable(of: DutyTableProps) {
  const t = useWords(networkWords)
  const [offset, setOffset] = useState(0)
  const read = useRead(
    governanceApi.listDuties,
    { query: { ...of, offset, limit: LIMIT } },
    { live: ['duty', 'network.resolution-adopted'], keepPrevious: true },
  )
  return (
    <DataTable
      label={t('duties')}
      columns={useColumns()}
      read={read}
      keyOf={({ id }) => id}
      offset={offset}
      limit={LIMIT}
      onPage={setOffset}
      empty={<Nothing title={t('duties.none')} />}
    />
  )
}

function useColumns(): Column<DutyLine>[] {
  const t = useWords(networkWords)
  const owner = (one: DutyLine) =>
    [one.institutionName, one.departmentName, one.personName].filter(Boolean).join(' · ')
  return [
    { key: 'title', title: t('duty.title'), cell: (one) => <b>{one.title}</b>, text: (one) => one.title },
    { key: 'owner', title: t('duty.owner'), cell: owner, text: owner },
    {
      key: 'from',
      title: t('resolutions'),
      cell: (one) => one.resolutionNumber,
      text: (one) => one.resolutionNumber,
    },
    { key: 'due', title: t('duty.due'), cell: (one) => <Due duty={one} />, text: (one) => one.due },
    {
      key: 'evidence',
      title: t('area.evidence'),
      cell: (one) => one.evidence ?? '—',
      text: (one) => one.evidence ?? '',
    },
    { key: 'act', title: '', align: 'right', cell: (one) => one.mayReport && <Report duty={one} /> },
  ]
}

const DAY_MS = 86_400_000

function Due({ duty }: { duty: DutyLine }) {
  const t = useWords(networkWords)
  const { now } = useDates()
  if (duty.doneAt) return <StateTag tone="good">{t('duty.done')}</StateTag>
  const over = now.getTime() >= momentAt(duty.due).getTime() + DAY_MS
  return <StateTag tone={over ? 'bad' : 'wait'}>{duty.due}</StateTag>
}

function Report({ duty }: { duty: DutyLine }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const [open, setOpen] = useState(false)
  const [evidence, setEvidence] = useState('')
  const { id, version } = duty
  const report = useWrite(governanceApi.reportDuty, {
    touches: ['duty'],
    onDone: () => {
      tell(t('duty.reported'))
      setOpen(false)
    },
  })
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('duty.report')}</Button>
      <Modal
        open={open}
        title={duty.title}
        okText={t('duty.report')}
        onOk={() => report.mutate({ params: { id }, body: { evidence, version } })}
        onCancel={() => setOpen(false)}
        confirmLoading={report.isPending}
        okButtonProps={{ disabled: !evidence.trim() }}
      >
        <RefusalNote refused={report.error} />
        <Field label={t('duty.evidence')} required>
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
    </>
  )
}
