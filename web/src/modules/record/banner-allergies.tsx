import { WarningOutlined } from '@ant-design/icons'
import { recordApi } from '@tongmai/api/record'
import { useRead } from '../../kernel/use-read.ts'
import { labelWords } from './fact-words.ts'

interface Props {
  readonly residentId: string
  /** What stands in the banner already. */
  readonly said?: readonly string[]
}

/** In the banner of a resident: what they are allergic to, words first, colour beside them. */
export function BannerAllergies({ residentId, said = [] }: Props) {
  const { data = [] } = useRead(recordApi.listAllergies, { params: { id: residentId } })
  const isSaid = (text: string) => said.some((one) => one.includes(text))
  return data
    .filter(({ label }) => !isSaid(label.text))
    .map(({ id, label }) => (
      <span key={id} className="tm-tag tm-bad">
        <WarningOutlined /> {labelWords(label)}
      </span>
    ))
}
