import Primitives

/// What an invoice has differently from what was ordered and accepted.
public struct InvoiceMismatch: Sendable, Hashable, Codable {
    public let kind: Difference.Kind
    /// The platform's number of the line; empty when it is about the whole invoice.
    public let line: String
    public let ours: String
    public let theirs: String
}

/// Holds an invoice against the order and against what was accepted. Pure.
///
/// - It is by whom the goods were ordered from, and each line for what was ordered.
/// - A line is at the order's price to the ten-thousandth, for no more packs than were accepted, did not go back and were not
///   invoiced yet: neither of its batch nor of the order's line, for an invoice may tell a batch or not.
/// - An amount is price times packs, exactly or rounded to the fen, halves away from zero. Tax is amount × rate ÷ (1 + rate), within
///   half a fen. The lines come to the total.
/// - A line that takes back is for a return, at its price and for no more than went back, or for what was invoiced.
///
/// Source: R-PY-04, zero tolerance for the price. Amounts of invoices are in fen [K: 增值税发票].
struct InvoiceMatch {
    enum Verdict: Sendable, Equatable {
        case matches
        /// Nothing is wrong but that goods are on their way, or unpacked.
        case waits
        case differs([InvoiceMismatch])
    }

    /// The platform's code.
    let supplier: String
    let lines: [SupplierInvoiceLine]
    /// As the platform tells it; `nil` where it does not.
    let total: Money?
    /// Whether the platform lists it no more.
    var isWithdrawn = false

    /// Half a fen, in ten-thousandths of a yuan.
    private static let halfFen: Int64 = 50

    func verdict() -> Verdict {
        var mismatches: [InvoiceMismatch] = []
        var isWaiting = false
        if isWithdrawn {
            mismatches.append(InvoiceMismatch(kind: .missingThere, line: "", ours: "waits", theirs: "listed no more"))
        }
        // Packs that lines above are for, by what they are for.
        var before: [Goods: Int64] = [:]
        for line in lines {
            guard let price = line.ourPackPrice else {
                mismatches.append(
                    mismatch(.missingHere, line, "", "\(line.reference.isEmpty ? "nothing" : line.reference), \(line.packs) packs"))
                continue
            }
            mismatches += whoAndWhat(of: line)
            if line.packPrice != price { mismatches.append(mismatch(.price, line, "\(price) a pack", "\(line.packPrice) a pack")) }
            mismatches += arithmetic(of: line)
            let (goods, whole) = (Goods(line), Goods(wholeOf: line))
            switch count(line, after: before[goods] ?? 0, ofLine: before[whole] ?? 0) {
            case .right: break
            case .later: isWaiting = true
            case .wrong(let ours): mismatches.append(mismatch(.quantity, line, ours, "\(line.packs) packs"))
            }
            before[goods, default: 0] += line.packs
            before[whole, default: 0] += line.packs
        }
        if let total {
            let sum = lines.map(\.amount).reduce(.zero, +)
            if sum != total {
                mismatches.append(InvoiceMismatch(kind: .price, line: "", ours: "lines of \(sum)", theirs: "\(total)"))
            }
        }
        if !mismatches.isEmpty { return .differs(mismatches) }
        return isWaiting || lines.isEmpty ? .waits : .matches
    }

    private struct Goods: Hashable {
        let order: String?
        let line: Int?
        /// `nil` for all of them.
        let batch: String?
        /// The return's number; `nil` for what came.
        let back: String?

        init(_ line: SupplierInvoiceLine) {
            (order, self.line, batch, back) = (line.order, line.orderLine, line.batch, line.isOfReturn ? line.reference : nil)
        }

        init(wholeOf line: SupplierInvoiceLine) {
            (order, self.line, batch, back) = (line.order, line.orderLine, nil, nil)
        }
    }

    private enum Count {
        case right, later
        case wrong(String)
    }

    /// - Parameter before: packs of the batch that are on lines above, below none for a return of which packs were taken back.
    /// - Parameter beforeOfLine: packs of the order's line that are.
    private func count(_ line: SupplierInvoiceLine, after before: Int64, ofLine beforeOfLine: Int64) -> Count {
        let invoiced = line.ofBatch.invoiced + before
        if line.isOfReturn {
            return line.packs <= 0 && line.packs.magnitude <= max(0, line.ofBatch.accepted + invoiced).magnitude
                ? .right : .wrong("\(line.ofBatch.accepted) packs returned, \(-invoiced) taken back before")
        }
        if line.packs < 0 {
            return invoiced + line.packs >= 0 ? .right : .wrong("\(invoiced) packs invoiced")
        }
        var isLater = false
        for (packs, before) in [(line.ofBatch, before), (line.ofLine, beforeOfLine)] {
            let open = packs.open - before
            if line.packs <= open { continue }
            guard line.packs <= open + packs.underWay else { return .wrong(packs.text(after: before)) }
            isLater = true
        }
        return isLater ? .later : .right
    }

    private func whoAndWhat(of line: SupplierInvoiceLine) -> [InvoiceMismatch] {
        var found: [InvoiceMismatch] = []
        if line.orderedFrom != supplier {
            found.append(mismatch(.state, line, "ordered from \(line.orderedFrom ?? "nobody known there")", "supplier \(supplier)"))
        }
        // A platform need not tell the product again.
        if !line.product.isEmpty, line.orderedProduct != line.product {
            found.append(
                mismatch(.state, line, "product \(line.orderedProduct ?? "not known there") ordered", "product \(line.product)"))
        }
        return found
    }

    private func arithmetic(of line: SupplierInvoiceLine) -> [InvoiceMismatch] {
        guard let exact = line.packPrice.times(line.packs) else {
            return [mismatch(.price, line, "an amount that can be", "\(line.packPrice) × \(line.packs)")]
        }
        var found: [InvoiceMismatch] = []
        if line.amount != exact, line.amount != exact.roundedToFen {
            found.append(mismatch(.price, line, "\(line.packPrice) × \(line.packs) = \(exact)", "\(line.amount)"))
        }
        if let tax = line.tax, let rate = line.taxRate, !Self.isTax(tax, of: line.amount, at: rate) {
            found.append(mismatch(.price, line, "tax of \(rate) ‱ in \(line.amount)", "tax of \(tax)"))
        }
        return found
    }

    /// Whether `tax` is, within half a fen, the part of an amount with tax that is tax. Multiplied out, so that nothing is cut off.
    static func isTax(_ tax: Money, of amount: Money, at rate: Int64) -> Bool {
        guard rate >= 0 else { return false }
        let whole = 10_000 + rate
        let (left, leftOverflows) = tax.tenThousandths.multipliedReportingOverflow(by: whole)
        let (right, rightOverflows) = amount.tenThousandths.multipliedReportingOverflow(by: rate)
        return !leftOverflows && !rightOverflows && (left - right).magnitude <= (halfFen * whole).magnitude
    }

    private func mismatch(_ kind: Difference.Kind, _ line: SupplierInvoiceLine, _ ours: String, _ theirs: String) -> InvoiceMismatch
    {
        InvoiceMismatch(kind: kind, line: line.line, ours: ours, theirs: theirs)
    }
}

extension InvoicedPacks {
    fileprivate func text(after before: Int64) -> String {
        let invoiced = invoiced + before
        return "\(accepted) packs accepted" + (returned > 0 ? ", \(returned) returned" : "")
            + (invoiced > 0 ? ", \(invoiced) invoiced before" : "")
    }
}

extension Money {
    /// To the fen, halves away from zero.
    var roundedToFen: Money {
        let fen = Int64(100)
        let half = tenThousandths < 0 ? -fen / 2 : fen / 2
        return Money(tenThousandths: (tenThousandths + half) / fen * fen)
    }
}
