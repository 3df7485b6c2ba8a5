import Codes
public import Formulary
public import Primitives
public import StockLedger

/// Decides what comes back of a dispensing and where it goes. Pure: reads nothing.
public struct ReturnRules: Sendable {
    public var reason: ReturnReason
    public var products: [ProductID: Product]
    /// Base units of a whole pack.
    public var packSizes: [ArticleID: BaseUnits]
    public var today: CalendarDate

    public init(
        reason: ReturnReason, products: [ProductID: Product], packSizes: [ArticleID: BaseUnits], today: CalendarDate
    ) {
        self.reason = reason
        self.products = products
        self.packSizes = packSizes
        self.today = today
    }

    /// - Throws: ``DispensingRefusal``, for the first line at fault: wrong lines, a reason for which nothing is taken back, more
    ///   than was dispensed, codes.
    public func decide(
        _ lines: [ReturnDispensed.Line], of record: DispensingRecord
    ) throws(DispensingRefusal) -> [(line: ReturnedLine, pick: Pick)] {
        guard !lines.isEmpty, Set(lines.map(\.dispensedLine)).count == lines.count else {
            throw DispensingRefusal(.linesInvalid, "each dispensed line once, and one at least", field: "lines")
        }
        var returned: [(line: ReturnedLine, pick: Pick)] = []
        for (number, line) in lines.enumerated() {
            let field = "lines[\(number)]"
            guard line.quantity.isEnterable, let dispensed = record.lines.first(where: { $0.number == line.dispensedLine }),
                let product = products[dispensed.pick.product], let packSize = packSizes[dispensed.pick.article]
            else { throw DispensingRefusal(.linesInvalid, "line \(line.dispensedLine), quantity \(line.quantity)", field: field) }
            let sealed = dispensed.pick.quantity - dispensed.split - dispensed.returnedSealed
            let destination = try reason.destination(
                of: product, isUnopened: line.isUnopened,
                isWholePacks: line.quantity.rawValue.isMultiple(of: packSize.rawValue) && line.quantity <= sealed)
            let left = dispensed.pick.quantity - dispensed.returned
            guard line.quantity <= left else {
                throw DispensingRefusal(
                    .returnExceedsDispensed, "\(line.quantity) of batch \(dispensed.pick.batchNumber), \(left) may come back",
                    field: "\(field).quantity")
            }
            let codes = try checkCodes(line, of: dispensed, packSize: packSize, into: destination, field: "\(field).codes")
            returned.append(
                (
                    ReturnedLine(
                        dispensedLine: line.dispensedLine, quantity: line.quantity, into: destination, codes: codes),
                    dispensed.pick.with(line.quantity)
                ))
        }
        return returned
    }

    /// The boxes that come back were handed out whole by the line and are still out. On the shelf goes no box whose code is
    /// not named, but for those that went out without one.
    ///
    /// Source: codes.md §4 rule 1, a second sale needs a linked return.
    private func checkCodes(
        _ line: ReturnDispensed.Line, of dispensed: DispensedLine, packSize: BaseUnits, into destination: InsideState,
        field: String
    ) throws(DispensingRefusal) -> [String] {
        let whole = dispensed.codes.filter { !$0.isSplit }
        let out = Set(whole.filter { !$0.isReturned }.map(\.code))
        var codes: [String] = []
        for text in line.codes {
            let code = try TraceCode(scanned: text, on: today, field: field).text
            guard out.contains(code), !codes.contains(code) else {
                throw DispensingRefusal(.traceCodeNotOfDispensing, code, field: field)
            }
            codes.append(code)
        }
        let packs = Int(line.quantity.packs(of: packSize))
        guard codes.count <= packs else {
            throw DispensingRefusal(.traceCodesTooMany, "\(codes.count) codes, \(packs) boxes", field: field)
        }
        guard destination == .available, !whole.isEmpty else { return codes }
        let packsOut = Int((dispensed.pick.quantity - dispensed.split).rawValue / packSize.rawValue)
        let sealedBack = Int(dispensed.returnedSealed.rawValue / packSize.rawValue)
        let uncoded = packsOut - whole.count - max(0, sealedBack - whole.filter(\.isReturned).count)
        guard packs - codes.count <= max(0, uncoded) else {
            throw DispensingRefusal(.traceCodesMissing, "\(packs) boxes, \(codes.count) codes", field: field)
        }
        return codes
    }
}
