import Formulary
import Foundation
import Primitives
import Tendering

/// One row of a published table of a national round of volume-based procurement.
struct PublishedOffer {
    /// The line of the file it begins on.
    let line: Int
    let lot: Int
    let lotName: String
    let strength: String
    let company: String
    let isWinner: Bool
    /// Yuan per smallest unit (in some rows of round 1 per pack), as printed.
    let ceiling: String
    /// Yuan per smallest unit as printed; empty where none was published.
    let price: String

    /// The files of `shared/data/vbp` share these columns.
    static func read(_ path: String) throws -> [PublishedOffer] {
        let file = try CatalogFile([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        return try file.records.map { record in
            let field = record.fields.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            guard field.count == 13, let lot = Int(field[0]) else { throw UnreadableRow(line: record.line) }
            return PublishedOffer(
                line: record.line, lot: lot, lotName: field[1], strength: field[3],
                company: field[4].filter { !$0.isNewline }, isWinner: field[8] == "是", ceiling: field[9], price: field[11])
        }
    }
}

struct UnreadableRow: Error {
    let line: Int
}

/// A decimal text as an exact fraction: `digits / 10^scale`.
struct ExactDecimal {
    let digits: Int128
    let scale: Int

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let digits = Int128(parts.joined()), digits > 0 else { return nil }
        self.digits = digits
        scale = parts.count == 2 ? parts[1].count : 0
    }

    /// The smallest pack whose price is a whole number of 1/10000 yuan, as a price for so many units.
    ///
    /// The tables print quotients of such a price cut to the precision of a 64-bit binary fraction: 13.94/14 became
    /// 0.9957142857142857. So a pack fits when its price differs from the printed one by at most four parts in 10^15.
    func packPrice(unitsMax: Int64 = 10_000) -> UnitPrice? {
        let power = (0..<scale).reduce(Int128(1)) { value, _ in value * 10 }
        for units in 1...unitsMax {
            let exact = digits * Int128(units) * 10_000
            let price = (exact + power / 2) / power
            let error = (exact - price * power).magnitude
            guard price > 0, price <= Int128(Money.entryMax.tenThousandths) else { continue }
            if error * 1_000_000_000_000_000 <= exact.magnitude * 4 {
                return UnitPrice(Money(tenThousandths: Int64(price)), per: BaseUnits(units))
            }
        }
        return nil
    }

    /// The price of a million units, cut to 1/10000 yuan: for prices that are no pack's quotient.
    ///
    /// Seven prices of round 3 were converted by the publisher from another strength: twice the strength counts 1.7 times
    /// the price, so that three times or 5/4 of it is an irrational number.
    var priceOfAMillion: UnitPrice {
        let power = (0..<scale).reduce(Int128(1)) { value, _ in value * 10 }
        return UnitPrice(Money(tenThousandths: Int64(digits * 10_000_000_000 / power)), per: 1_000_000)
    }
}
