import { MoreOutlined } from '@ant-design/icons'
import {
  type AlliancePage,
  allianceApi,
  cooperationGrade,
  layer,
  type Member,
} from '@tongmai/api/network/alliance'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { call } from '../../kernel/call.ts'
import { showDay } from '../../kernel/dates.ts'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { AddMember, AdjustMember } from './member-form.tsx'
import { Section } from './section.tsx'
import { useTierWords } from './use-tier-words.ts'
import { networkWords } from './words.ts'

const LIMIT = 50
type Grade = Member['grade']

/** The members of an alliance today, filtered by layer and grade; its lead takes in, adjusts and ends. */
export function MemberCard({ of }: { of: AlliancePage }) {
  const t = useWords(networkWords)
  const [at, setAt] = useState<{ layer?: Member['layer']; grade?: Grade; offset: number }>({ offset: 0 })
  const [adding, setAdding] = useState(false)
  const [adjusting, setAdjusting] = useState<Member | null>(null)
  const asked = { params: { id: of.id }, query: { ...at, limit: LIMIT } }
  const read = useRead(allianceApi.listMembers, asked, { live: [`alliance:${of.id}`], keepPrevious: true })
  const add = of.mayManage && <Button onClick={() => setAdding(true)}>{t('member.add')}</Button>
  return (
    <Section title={t('alliance.members')} extra={add}>
      <DataTable
        label={t('alliance.members')}
        columns={useColumns(of, setAdjusting)}
        read={read}
        keyOf={({ id }) => id}
        rowTo={({ institutionId }) => `/institutions/${institutionId}`}
        offset={at.offset}
        limit={LIMIT}
        onPage={(offset) => setAt({ ...at, offset })}
        filters={
          <>
            <FilterSelect
              label={t('member.layer')}
              width={170}
              value={at.layer}
              keys={layer.options}
              word={(one) => t(`layer.${one}`)}
              onChange={(next) =>
                setAt({
                  ...(at.grade ? { grade: at.grade } : {}),
                  ...(next ? { layer: next } : {}),
                  offset: 0,
                })
              }
            />
            <FilterSelect
              label={t('member.grade')}
              width={130}
              value={at.grade}
              keys={cooperationGrade.options}
              word={(one) => t(`cooperation.${one}`)}
              onChange={(next) =>
                setAt({
                  ...(at.layer ? { layer: at.layer } : {}),
                  ...(next ? { grade: next } : {}),
                  offset: 0,
                })
              }
            />
          </>
        }
        filtered={Boolean(at.layer ?? at.grade)}
        onClear={() => setAt({ offset: 0 })}
        empty={<Nothing title={t('alliances.none')} />}
        readPage={(offset, limit) =>
          call(allianceApi.listMembers, { params: { id: of.id }, query: { ...at, offset, limit } })
        }
      />
      {adding && <AddMember allianceId={of.id} onClose={() => setAdding(false)} />}
      {adjusting && <AdjustMember of={adjusting} onClose={() => setAdjusting(null)} />}
    </Section>
  )
}

function useColumns(of: AlliancePage, onAdjust: (member: Member) => void): Column<Member>[] {
  const t = useWords(networkWords)
  const tierWords = useTierWords()
  const tierOf = (one: Member) => tierWords({ tier: one.tier, hospitalGrade: null })
  const span = (one: Member) =>
    t('member.span', { since: one.since, until: one.until ?? t('member.open-end') })
  return [
    {
      key: 'name',
      title: t('institution.name'),
      cell: (one) => <To to={`/institutions/${one.institutionId}`}>{one.name}</To>,
      text: (one) => one.name,
    },
    {
      key: 'role',
      title: t('member.role'),
      cell: (one) => (
        <StateTag tone={one.role === 'lead' ? 'accent' : 'idle'}>{t(`role.${one.role}`)}</StateTag>
      ),
      text: (one) => t(`role.${one.role}`),
    },
    {
      key: 'kind',
      title: t('institution.kind'),
      cell: (one) => t(`kind.${one.kind}`),
      text: (one) => t(`kind.${one.kind}`),
    },
    { key: 'tier', title: t('institution.tier'), short: true, cell: tierOf, text: tierOf },
    {
      key: 'layer',
      title: t('member.layer'),
      short: true,
      cell: (one) => t(`layer.${one.layer}`),
      text: (one) => t(`layer.${one.layer}`),
    },
    {
      key: 'grade',
      title: t('member.grade'),
      short: true,
      cell: (one) => t(`cooperation.${one.grade}`),
      text: (one) => t(`cooperation.${one.grade}`),
    },
    { key: 'validity', title: t('member.validity'), short: true, cell: span, text: span },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (one) =>
        of.mayManage && one.role !== 'lead' && <Acts of={of} member={one} onAdjust={() => onAdjust(one)} />,
    },
  ]
}

function Acts({ of, member, onAdjust }: { of: AlliancePage; member: Member; onAdjust: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const confirm = useConfirm()
  const onError = useTellRefused()
  const { now } = useDates()
  const today = showDay(now)
  const touches = [`alliance:${of.id}`]
  const { shortName: name, id, version, institutionId } = member
  const end = useWrite(allianceApi.endMember, {
    touches,
    onDone: () => tell(t('member.ended', { name, until: today })),
  })
  const hand = useWrite(allianceApi.handLead, {
    touches,
    onDone: () => tell(t('alliance.lead-handed', { name, since: today })),
  })
  const runEnd = () => end.mutate({ params: { id }, body: { until: today, version } }, { onError })
  const runHand = () =>
    hand.mutate(
      { params: { id: of.id }, body: { institutionId, since: today, version: of.version } },
      { onError },
    )
  const rare = [
    {
      key: 'lead',
      label: t('alliance.hand-lead'),
      onClick: () =>
        confirm({
          label: t('alliance.hand-lead'),
          confirm: t('alliance.lead-handed', { name, since: today }),
          danger: true,
          run: runHand,
        }),
    },
    {
      key: 'end',
      danger: true,
      label: t('member.end'),
      onClick: () =>
        confirm({
          label: t('member.end'),
          confirm: t('member.ended', { name, until: today }),
          danger: true,
          run: runEnd,
        }),
    },
  ]
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <Button type="text" size="small" onClick={onAdjust}>
        {t('member.change')}
      </Button>
      <Dropdown trigger={['click']} menu={{ items: rare }}>
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={`${name} · ${t('more')}`} />
      </Dropdown>
    </span>
  )
}
