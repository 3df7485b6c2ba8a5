public import Parties
import Postgres
public import Primitives

/// How many of the medicines a formulary permits at one level are national essential medicines (国家基本药物).
///
/// Medicines are western, Chinese patent and ethnic ones; herbal pieces, which the essential list takes in as a body, and
/// consumables do not count. The share is left to the reader as two whole numbers.
public struct EssentialMedicineShare: Sendable, Hashable, Codable {
    public let level: FacilityLevel
    public let medicines: Int
    public let essential: Int
}

extension FormularyVersionsStore {
    /// The share of each level at which `version` permits something, in the order of ``Parties/FacilityLevel``.
    public func essentialShares(in version: FormularyVersionID) throws -> [EssentialMedicineShare] {
        let shares = try transaction.query(
            """
            SELECT permitted.level, count(*) AS medicines, count(*) FILTER (WHERE product.essential) AS essential
              FROM formulary.entry
              JOIN formulary.product ON product.product_id = entry.product_id
             CROSS JOIN LATERAL unnest(entry.levels) AS permitted (level)
             WHERE entry.consortium_id = \(consortium) AND entry.version_id = \(version)
               AND product.kind IN ('western', 'patent', 'ethnic')
             GROUP BY permitted.level
            """
        ) { row in
            try EssentialMedicineShare(level: row["level"], medicines: row["medicines"], essential: row["essential"])
        }
        return FacilityLevel.allCases.compactMap { level in shares.first { $0.level == level } }
    }
}
