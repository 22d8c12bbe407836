import {
  type AlliancePage,
  allianceApi,
  type CooperationGrade,
  cooperationGrade,
  type Service,
  type ServiceRule,
  service,
} from '@tongmai/api/network/alliance'
import { Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { showDay } from '../../kernel/dates.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { networkWords } from './words.ts'

/** What agreements of each grade switch on, today and from a later day on; the lead sets it. */
export function ServiceCard({ of }: { of: AlliancePage }) {
  const t = useWords(networkWords)
  const { now } = useDates()
  const [setting, setSetting] = useState<CooperationGrade | null>(null)
  const today = showDay(now)
  const rulesOf = (grade: CooperationGrade) => of.serviceRules.filter((rule) => rule.grade === grade)
  return (
    <Card title={t('services.title')} flush>
      <Table
        label={t('services.title')}
        rows={cooperationGrade.options}
        keyOf={(grade) => grade}
        columns={[
          {
            key: 'grade',
            title: t('member.grade'),
            width: 120,
            cell: (grade) => <b>{t(`cooperation.${grade}`)}</b>,
          },
          {
            key: 'services',
            title: t('services.hint'),
            cell: (grade) => <Rules rules={rulesOf(grade)} today={today} />,
          },
          {
            key: 'act',
            title: '',
            align: 'right',
            cell: (grade) =>
              of.mayManage && (
                <Button type="text" onClick={() => setSetting(grade)}>
                  {t('services.set')}
                </Button>
              ),
          },
        ]}
      />
      {setting && (
        <SetServices
          of={of}
          grade={setting}
          now={rulesOf(setting)
            .filter((rule) => rule.since <= today)
            .map((rule) => rule.service)}
          onClose={() => setSetting(null)}
        />
      )}
    </Card>
  )
}

function Rules({ rules, today }: { rules: readonly ServiceRule[]; today: string }) {
  const t = useWords(networkWords)
  const later = [...new Set(rules.filter((rule) => rule.since > today).map((rule) => rule.since))]
  const names = (some: readonly ServiceRule[]) => some.map((rule) => t(`service.${rule.service}`)).join('、')
  const present = rules.filter((rule) => rule.since <= today)
  return (
    <>
      <div>{present.length > 0 ? names(present) : t('services.none')}</div>
      {later.map((since) => (
        <div key={since} className="tm-row">
          <StateTag tone="note">{t('services.later', { since })}</StateTag>
          {names(rules.filter((rule) => rule.since <= since && (rule.until === null || rule.until >= since)))}
        </div>
      ))}
    </>
  )
}

interface SetServicesProps {
  readonly of: AlliancePage
  readonly grade: CooperationGrade
  readonly now: readonly Service[]
  readonly onClose: () => void
}

function SetServices({ of, grade, now: present, onClose }: SetServicesProps) {
  const t = useWords(networkWords)
  const tell = useTell()
  const { now } = useDates()
  const [services, setServices] = useState<readonly Service[]>(present)
  const [since, setSince] = useState<string | null>(showDay(now))
  const set = useWrite(allianceApi.setServices, {
    touches: [`alliance:${of.id}`, 'agreement'],
    onDone: (_, { body }) => {
      tell(t('services.saved', { since: body.since, grade: t(`cooperation.${grade}`) }))
      onClose()
    },
  })
  const send = () =>
    since &&
    set.mutate({
      params: { id: of.id },
      body: { grade, services: [...services], since, version: of.version },
    })
  return (
    <Modal
      open
      title={`${t(`cooperation.${grade}`)} · ${t('services.set')}`}
      okText={t('save')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={set.isPending}
      okButtonProps={{ disabled: !since }}
    >
      <RefusalNote refused={set.error} />
      <Fields columns={1}>
        <Field label={t('services.title')}>
          {(id) => (
            <div id={id}>
              <Checkbox.Group
                value={[...services]}
                onChange={(next) => setServices(next as Service[])}
                options={service.options.map((value) => ({ value, label: t(`service.${value}`) }))}
              />
            </div>
          )}
        </Field>
        <Field label={t('member.since')} required>
          {(id) => <DayField id={id} value={since} onChange={setSince} from={showDay(now)} />}
        </Field>
      </Fields>
    </Modal>
  )
}
