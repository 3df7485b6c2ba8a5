public import Primitives

/// What a catalogue file holds, known by its columns. The order is that of import: each may refer to those before it.
public enum CatalogKind: String, Sendable, Codable, CaseIterable {
    case units
    case dosageForms = "dosage-forms"
    case orderFrequencies = "order-frequencies"
    case routes
    case facilityTypes = "facility-types"
    case companies
    case products
    case articles

    /// Every column, in the order of the shipped files; a file may have them in any order.
    public var columns: [String] {
        switch self {
        case .units: ["code", "chinese", "english", "kind"]
        case .dosageForms: ["code", "chinese", "english", "route"]
        case .orderFrequencies: ["code", "chinese", "english", "cycle_hours", "times_per_cycle"]
        case .routes: ["code", "chinese", "english", "route_group", "national_code"]
        case .facilityTypes: ["code", "chinese", "english", "level"]
        case .companies:
            [
                "name", "credit_code", "is_manufacturer", "is_supplier", "licence_kind", "licence_number",
                "licence_valid_from", "licence_valid_through",
            ]
        case .products:
            [
                "code", "kind", "generic_name", "english_name", "dosage_form", "strength", "base_unit", "drug_class",
                "reimbursement", "essential", "volume_based", "long_prescription", "special_control", "storage",
                "light_protected", "disease_groups", "pinyin",
            ]
        case .articles:
            [
                "insurance_code", "product_code", "trade_name", "manufacturer", "approval_number", "base_code", "gtin",
                "pack_size", "pack_unit", "pack_text", "reference_price",
            ]
        }
    }

    /// The kind whose columns `header` has, or most of them.
    ///
    /// - Throws: ``FormularyRefusal``: repeated columns; the columns of no kind; columns that are missing; columns that
    ///   the kind does not have. Each names the columns.
    public init(header: [String]) throws(FormularyRefusal) {
        let repeated = Set(header.filter { name in header.count(where: { $0 == name }) > 1 })
        guard repeated.isEmpty else { throw Self.refusal(.catalogColumnsRepeated, repeated) }
        let names = Set(header)
        func shared(_ kind: CatalogKind) -> Int { names.intersection(kind.columns).count }
        // More shared columns first; among equals, the one with fewer columns missing.
        let best = Self.allCases.max { (shared($0), -$0.columns.count) < (shared($1), -$1.columns.count) }
        guard let best, shared(best) * 2 > best.columns.count else { throw Self.refusal(.catalogKindUnknown, names) }
        let missing = Set(best.columns).subtracting(names)
        guard missing.isEmpty else { throw Self.refusal(.catalogColumnsMissing, missing) }
        let unknown = names.subtracting(best.columns)
        guard unknown.isEmpty else { throw Self.refusal(.catalogColumnsUnknown, unknown) }
        self = best
    }

    /// The kind of a file, known by its first record.
    ///
    /// - Parameter encoding: the one the sender says it is in; `nil` to find out.
    /// - Throws: ``FormularyRefusal``: as ``CatalogFile`` for what the first record and a look at the whole tell, and as
    ///   ``init(header:)``.
    public init(of source: CatalogSource, encoding: CatalogEncoding? = nil) throws(FormularyRefusal) {
        guard let header = try CatalogReader(source, encoding: encoding).header else {
            throw FormularyRefusal(.catalogEmpty, "0 lines")
        }
        try self.init(header: header)
    }

    private static func refusal(_ code: FormularyRefusalCode, _ columns: Set<String>) -> FormularyRefusal {
        let names = columns.sorted().prefix(20).map { String($0.prefix(40)) }.joined(separator: ", ")
        return FormularyRefusal(code, names, field: columns.sorted().first.map { String($0.prefix(40)) })
    }
}
