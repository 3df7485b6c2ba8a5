/// What a simulated insurer has of stock and sales.
public struct InsurerStatement: Sendable, Codable {
    public struct Record: Sendable, Codable, Hashable {
        /// `3501` to `3506`.
        public var infno: String
        public var institution: String
        public var serial: String
        public var memo: String
        /// `inv_chg_type`; empty for anything but a change.
        public var change: String
        /// Ten-thousandths of a pack.
        public var quantity: Int64
        public var codes: [String]
    }

    /// Those that were not deleted, in the order in which they came.
    public var records: [Record]
}

extension PlatformSimulator {
    /// What the insurer has now.
    public func insurerStatement() -> InsurerStatement {
        InsurerStatement(
            records: insurerBook.records.filter(\.isValid).map {
                InsurerStatement.Record(
                    infno: $0.infno, institution: $0.institution, serial: $0.serial, memo: $0.memo, change: $0.change,
                    quantity: $0.quantity, codes: $0.codes)
            })
    }
}
