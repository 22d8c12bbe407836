import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

const no = (): never => {
  throw new GraphQLError('is a text, a number, true, false or a bare word')
}

const written = (value: unknown): string =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : no()

/** What a search or a filter asks for: `"female"`, `female`, `5` and `true` mean the same as in an address. */
export const word = new GraphQLScalarType<string, string>({
  name: 'Word',
  description: 'A text, a number, true, false or a bare word, as it would stand in the address of a search.',
  coerceOutputValue: written,
  coerceInputValue: written,
  coerceInputLiteral: (node) => {
    switch (node.kind) {
      case Kind.STRING:
      case Kind.ENUM:
      case Kind.INT:
      case Kind.FLOAT:
        return node.value
      case Kind.BOOLEAN:
        return String(node.value)
      default:
        return no()
    }
  },
})
