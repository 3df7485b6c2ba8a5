public import Formulary
import MedicationRules
public import Primitives

/// Decides whether a prescription may be written as it is. Pure: reads nothing.
public struct PrescriptionRules: Sendable {
    public var limits: PrescriptionLimits

    public init(limits: PrescriptionLimits = .national) { self.limits = limits }

    /// Checks what the prescriber wrote.
    ///
    /// `products` holds the products of the lines, `covered` the long prescriptions of the same patient that may still
    /// run, other than this one, with their products' generic names.
    ///
    /// Source: prescription rules R-RX-01…R-RX-09, controlled drugs §3, long prescriptions R-LP-01…R-LP-05.
    ///
    /// - Throws: ``DispensingRefusal``, the first that applies: diagnosis, validity, lines, kind, number of products,
    ///   supply, records of a long prescription.
    public func check(
        _ content: PrescriptionContent, kind: PrescriptionKind, products: [ProductID: Product],
        covered: [(genericName: String, days: CoveredDays)] = [], today: CalendarDate
    ) throws(DispensingRefusal) {
        guard (1...500).contains(content.diagnosis.trimmed.count) else {
            throw DispensingRefusal(.diagnosisMissing, "1 to 500 characters", field: "diagnosis")
        }
        guard (1...limits.validityDaysMax).contains(content.validityDays) else {
            throw DispensingRefusal(
                .validityOutOfRange, "\(content.validityDays) days, 1 to \(limits.validityDaysMax) allowed", field: "validityDays"
            )
        }
        try checkShape(of: content.lines)
        var named: [Product] = []
        for (number, line) in content.lines.enumerated() {
            guard let product = products[line.product], product.prescriptionKinds.contains(kind) else {
                throw DispensingRefusal(
                    .productNotForThisKind, "\(products[line.product]?.label ?? "unknown product") on \(kind.rawValue)",
                    field: "lines[\(number)].product")
            }
            named.append(product)
        }
        let counted = named.filter { $0.kind != .herbal }.count
        guard counted <= limits.productsMax else {
            throw DispensingRefusal(.tooManyProducts, "\(counted) products, at most \(limits.productsMax)", field: "lines")
        }
        guard counted == 0 || counted == named.count else {
            throw DispensingRefusal(.productNotForThisKind, "herbal pieces stand on a prescription of their own", field: "lines")
        }
        if kind == .long, !LongRecord.eligibility.isSubset(of: content.longRecords) {
            let missing = LongRecord.eligibility.subtracting(content.longRecords).map(\.rawValue).sorted()
            throw DispensingRefusal(.longRecordsMissing, missing.joined(separator: ", "), field: "longRecords")
        }
        for (number, (line, product)) in zip(content.lines, named).enumerated() {
            try checkSupply(line, of: product, on: kind, content, field: "lines[\(number)]")
            if kind == .long { try checkCoverage(line, of: product, content, covered, today: today, field: "lines[\(number)]") }
        }
    }

    private func checkShape(of lines: [PrescriptionLine]) throws(DispensingRefusal) {
        guard (1...60).contains(lines.count) else {
            throw DispensingRefusal(.linesInvalid, "1 to 60 lines", field: "lines")
        }
        var seen: Set<ProductID> = []
        for (number, line) in lines.enumerated() {
            let field = "lines[\(number)]"
            guard seen.insert(line.product).inserted else {
                throw DispensingRefusal(.linesInvalid, "product \(line.product) stands twice", field: "\(field).product")
            }
            guard line.quantity.isEnterable else {
                throw DispensingRefusal(.linesInvalid, "quantity \(line.quantity)", field: "\(field).quantity")
            }
            guard line.dose.isEnterable, line.doseText.trimmed.count <= 60 else {
                throw DispensingRefusal(.linesInvalid, "dose \(line.dose)", field: "\(field).dose")
            }
            guard (1...366).contains(line.days) else {
                throw DispensingRefusal(.linesInvalid, "\(line.days) days", field: "\(field).days")
            }
        }
    }

    private func checkSupply(
        _ line: PrescriptionLine, of product: Product, on kind: PrescriptionKind, _ content: PrescriptionContent, field: String
    ) throws(DispensingRefusal) {
        let days = limits.suppliedDays(line)
        switch limits.supply(of: product, on: kind, for: content) {
        case .oneDose:
            guard line.quantity.rawValue <= line.dose.baseUnits else {
                throw DispensingRefusal(
                    .supplyTooLong, "\(product.label): one dose of \(line.dose.baseUnits), not \(line.quantity)",
                    field: "\(field).quantity")
            }
        case .days(let most, let orLongerWithReason):
            guard days > most else { return }
            guard orLongerWithReason else {
                throw DispensingRefusal(.supplyTooLong, "\(product.label): \(days) days, at most \(most)", field: "\(field).days")
            }
            guard !content.reason.trimmed.isEmpty else {
                throw DispensingRefusal(
                    .reasonRequired, "\(product.label): \(days) days, more than \(most)", field: "reason")
            }
        }
    }

    /// The limit holds for the sum of overlapping long prescriptions of one ingredient; else two would pass it by.
    private func checkCoverage(
        _ line: PrescriptionLine, of product: Product, _ content: PrescriptionContent,
        _ covered: [(genericName: String, days: CoveredDays)], today: CalendarDate, field: String
    ) throws(DispensingRefusal) {
        let ahead = covered.filter { $0.genericName == product.genericName }.map { $0.days.ahead(on: today) }.reduce(0, +)
        let most = content.isAssessedForExtension ? limits.longDaysMax : limits.longDays
        let total = limits.suppliedDays(line) + max(0, ahead - limits.longRenewalDays)
        guard total <= most else {
            throw DispensingRefusal(
                .supplyTooLong, "\(product.label): \(ahead) days of an earlier prescription are ahead, at most \(most) in all",
                field: "\(field).days")
        }
    }
}
