import { contractApi } from '@tongmai/api/contract'
import {
  type FundSource,
  fundSource,
  type PackageLevel,
  type PriorityGroup,
  packageLevel,
  priorityGroup,
  type ServicePackage,
} from '@tongmai/api/contract/package'
import { Input, InputNumber, Modal, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { blankItem, ItemFields, itemOf, typedItem } from './item-fields.tsx'
import { contractWords } from './words.ts'

const fenOf = (before: ServicePackage | null, source: FundSource): number =>
  (before?.fee.find((one) => one.source === source)?.fen ?? 0) / 100

const formOf = (before: ServicePackage | null, today: string) => ({
  code: before?.code ?? '',
  name: before?.name ?? '',
  level: (before?.level ?? 'basic') as PackageLevel,
  group: (before?.group ?? null) as PriorityGroup | null,
  since: before && before.since >= today ? null : (today as string | null),
  yuan: Object.fromEntries(fundSource.options.map((one) => [one, fenOf(before, one)])) as Record<
    FundSource,
    number
  >,
  items: before ? before.items.map(typedItem) : [blankItem()],
})

interface PackageFormProps {
  /** The version that the new one follows; null for a new package. */
  readonly before: ServicePackage | null
  readonly onClose: () => void
}

/** Publishes a package, or the next version of one. */
export function PackageForm({ before, onClose }: PackageFormProps) {
  const t = useWords(contractWords)
  const tell = useTell()
  const publish = useWrite(contractApi.publishPackage, {
    touches: ['contract'],
    onDone: ({ since }) => {
      tell(t('package.published', { since }))
      form.discard()
      onClose()
    },
  })
  const key = `contract.package:${before?.id ?? 'new'}`
  const form = useForm(key, formOf(before, showDay(timeNow())), publish.error)
  const { value, set, problem } = form
  const ready =
    value.code.trim() && value.name.trim() && value.since && value.items.every((one) => one.name.trim())
  const send = () => {
    if (!value.since) return
    const fee = fundSource.options
      .map((source) => ({ source, fen: Math.round(value.yuan[source] * 100) }))
      .filter((one) => one.fen > 0)
    const { code, name, level, group, since, items } = value
    publish.mutate({ body: { code, name, level, group, since, fee, items: items.map(itemOf) } })
  }
  const title = t(before ? 'package.next' : 'package.new')
  return (
    <Modal
      open
      width={880}
      title={title}
      okText={title}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={publish.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={publish.error} />
      <DraftNote form={form} />
      <Fields columns={3}>
        <Field label={t('package.code')} required problem={problem('code')}>
          {(id) => (
            <Input
              id={id}
              disabled={before !== null}
              value={value.code}
              onChange={({ target }) => set('code', target.value)}
            />
          )}
        </Field>
        <Field label={t('package.name')} required problem={problem('name')}>
          {(id) => <Input id={id} value={value.name} onChange={({ target }) => set('name', target.value)} />}
        </Field>
        <Field label={t('package.since')} required problem={problem('since')}>
          {(id) => <DayField id={id} value={value.since} onChange={(since) => set('since', since)} />}
        </Field>
        <Field label={t('package.level')}>
          {(id) => (
            <Select
              id={id}
              value={value.level}
              options={packageLevel.options.map((one) => ({ value: one, label: t(`level.${one}`) }))}
              onChange={(level) => set('level', level)}
            />
          )}
        </Field>
        <Field label={t('package.group')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder={t('package.everybody')}
              value={value.group}
              options={priorityGroup.options.map((one) => ({ value: one, label: t(`group.${one}`) }))}
              onChange={(group) => set('group', group ?? null)}
            />
          )}
        </Field>
      </Fields>
      <Field label={t('package.fee')} problem={problem('fee')}>
        {() => (
          <div className="tm-row" style={{ flexWrap: 'wrap' }}>
            {fundSource.options.map((source) => (
              <InputNumber
                key={source}
                prefix={t(`source.${source}`)}
                aria-label={t(`source.${source}`)}
                min={0}
                precision={2}
                style={{ width: 190 }}
                value={value.yuan[source]}
                onChange={(yuan) => set('yuan', { ...value.yuan, [source]: yuan ?? 0 })}
              />
            ))}
          </div>
        )}
      </Field>
      <ItemFields items={value.items} onChange={(items) => set('items', items)} />
    </Modal>
  )
}
