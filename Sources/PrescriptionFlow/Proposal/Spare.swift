public import Parties
public import Primitives
public import StockLedger

/// What a store could do without of a product that a prescription lacks.
public struct Spare: Sendable, Hashable {
    /// Days of its own use that a store keeps for its own patients.
    public static let keptDays = 30

    public let store: StoreID
    public let code: String
    public let name: String
    /// Of the prescription, from 1.
    public let line: Int
    public let quantity: BaseUnits
    /// To where it is lacking; `nil` when nobody knows.
    public let metres: Int64?

    /// - Parameter used: what the store used in the last ``keptDays`` days; returns that outweigh use count as none.
    /// - Returns: `nil` when there is nothing to spare, or it is being counted.
    public init?(of line: OpenLine, in store: Store, stock: UsableStock, used: BaseUnits, metres: Int64?) {
        let spare = stock.quantity - max(.zero, used)
        guard spare > 0, !stock.isFrozen else { return nil }
        self.store = store.id
        code = store.code
        name = store.name
        self.line = line.line
        quantity = spare
        self.metres = metres
    }

    /// Who can give all of what is short comes first, then the nearest, then by code.
    func isBefore(_ other: Spare, for short: BaseUnits) -> Bool {
        if (quantity >= short) != (other.quantity >= short) { return quantity >= short }
        let (near, far) = (metres ?? .max, other.metres ?? .max)
        if near != far { return near < far }
        return (code, store) < (other.code, other.store)
    }
}
