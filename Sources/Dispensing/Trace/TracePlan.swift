import Codes
import Postgres
import Primitives
import StockLedger

/// Which boxes each line of a dispensing hands out, decided from what was scanned.
struct TracePlan {
    /// A code that was never seen and is learnt by handing it out.
    private var learnt: [TracedBox] = []
    private var assigned: [AssignedBox] = []
    private var exempted: [(line: Int, packs: Int, exemption: TraceExemption)] = []
    private let lines: [PackPlan.Line]
    private let store: StoreID

    /// - Throws: ``DispensingRefusal``, for the first scan at fault: no trace code, a prefix nobody has registered, of what holds
    ///   several packs, of another article or batch, not in stock here, dispensed already, more codes than boxes; then codes
    ///   that are missing without a reason.
    init(
        _ scans: [TraceScan], _ exemptions: [TraceExemption], of packs: PackPlan, in store: StoreID, facility: FacilityID,
        of consortium: ConsortiumID, _ transaction: Transaction, today: CalendarDate
    ) throws {
        self.store = store
        lines = packs.lines
        let traces = TraceStore(transaction, consortium)
        // By expiry, so that a box of an unknown batch goes to the one that is to be used first.
        let boxes = packs.lines.sorted { ($0.line.pick.expiresOn, $0.line.number) < ($1.line.pick.expiresOn, $1.line.number) }
            .map { line in
                BoxesOfLine(
                    line: line.line.number, article: line.line.pick.article, batch: line.line.pick.batch,
                    whole: line.split.wholePacks, opened: line.split.packsOpened)
            }
        if !scans.isEmpty {
            let scanned = try read(scans, traces, today)
            assigned = try TraceRules.assign(scanned, to: boxes)
            try learn(scanned, traces)
        }
        let scanning = try traces.scanning(at: facility, on: today)
        let coded = scanning == .whereKnown ? try traces.coded(boxes.map(\.article)) : []
        let missing = TraceRules.missing(assigned, of: boxes, scanning: scanning, coded: coded)
        for (number, count) in missing.sorted(by: { $0.key < $1.key }) {
            let line = packs.lines.first { $0.line.number == number }?.line.prescriptionLine
            guard let exemption = exemptions.first(where: { $0.line == line }) else {
                throw DispensingRefusal(.traceCodesMissing, "line \(line ?? 0): \(count) boxes without a code", field: "scans")
            }
            exempted.append((number, count, exemption))
        }
    }

    /// The scans with what is known of them. Codes of open packs that give something are known already and left out.
    private func read(_ scans: [TraceScan], _ traces: TraceStore, _ today: CalendarDate) throws -> [ScannedBox] {
        let codes = try scans.enumerated().map { number, scan in
            try TraceCode(scanned: scan.code, on: today, field: "scans[\(number)].code")
        }
        let prefixes = try traces.prefixes(Set(codes.map(\.identification.text)))
        let known = try traces.locked(Set(codes.map(\.text)))
        let open = Set(lines.flatMap { $0.openCodes.map(\.code) })
        return try zip(scans, codes).enumerated().compactMap { number, scan in
            let field = "scans[\(number)].code"
            guard let prefix = prefixes[scan.1.identification.text] else {
                throw DispensingRefusal(.tracePrefixUnknown, scan.1.identification.text, field: field)
            }
            guard prefix.level == 1 else {
                throw DispensingRefusal(.traceCodeNotAPack, "\(scan.1.text): level \(prefix.level)", field: field)
            }
            guard !open.contains(scan.1.text) else { return nil }
            if let box = known[scan.1.text] { try TraceRules.requireHere(box, in: store, field: field) }
            return ScannedBox(
                code: scan.1.text, isSplit: scan.0.isSplit, article: prefix.article, batch: known[scan.1.text]?.batch,
                field: field)
        }
    }

    /// A box that was never seen is accepted unless the boxes of its batch were recorded when they came.
    private mutating func learn(_ scanned: [ScannedBox], _ traces: TraceStore) throws {
        let unseen = scanned.filter { $0.batch == nil }
        guard !unseen.isEmpty else { return }
        let recorded = try traces.recordedAtReceipt(lines.map(\.line.pick.batch))
        for box in unseen {
            guard let number = assigned.first(where: { $0.code == box.code })?.line,
                let line = lines.first(where: { $0.line.number == number })?.line
            else { continue }
            guard !recorded.contains(line.pick.batch) else {
                throw DispensingRefusal(
                    .traceCodeNotInStock, "\(box.code) did not come with batch \(line.pick.batchNumber)", field: box.field)
            }
            learnt.append(
                TracedBox(code: box.code, article: box.article, batch: line.pick.batch, store: store, state: .inStock))
        }
    }

    /// The codes of the packs that are opened, by line.
    var openedCodes: [Int: [String]] {
        Dictionary(grouping: assigned.filter(\.isSplit), by: \.line).mapValues { $0.map(\.code) }
    }

    /// Makes the boxes known that nobody had seen, before packs are opened.
    func recordLearnt(_ transaction: Transaction, by principal: Principal, at now: Instant) throws {
        guard !learnt.isEmpty else { return }
        let added = try TraceStore(transaction, principal.consortium)
            .add(learnt, learntFrom: "dispensing", by: principal.person, at: now)
        if let late = learnt.first(where: { !added.contains($0.code) }) {
            throw DispensingRefusal(.traceCodeDispensed, "\(late.code), at the same moment", field: "scans")
        }
    }

    /// Writes the boxes of a dispensing, after its lines and packs.
    func record(of dispensing: DispensingID, _ transaction: Transaction, of consortium: ConsortiumID) throws {
        let traces = TraceStore(transaction, consortium)
        for exempt in exempted { try traces.add(exempt.exemption, of: exempt.packs, to: exempt.line, of: dispensing) }
        var codes: [(line: Int, code: DispensedCode)] = []
        var (gone, opened): ([String], [String]) = ([], [])
        for line in lines {
            let number = line.line.number
            for box in assigned where box.line == number && !box.isSplit {
                codes.append((number, DispensedCode(code: box.code, isSplit: false, quantity: line.packSize, isReturned: false)))
                gone.append(box.code)
            }
            for (part, code) in line.openCodes {
                codes.append((number, DispensedCode(code: code, isSplit: true, quantity: part.quantity, isReturned: false)))
                if line.left(in: part) == 0 { gone.append(code) }
            }
            for (opening, code) in zip(line.split.openings.filter { !$0.isFound }, openedCodes[number] ?? []) {
                codes.append((number, DispensedCode(code: code, isSplit: true, quantity: opening.taken, isReturned: false)))
                if opening.taken == opening.units { gone.append(code) } else { opened.append(code) }
            }
        }
        guard !codes.isEmpty else { return }
        try traces.set(.dispensed, of: gone, in: store)
        try traces.set(.opened, of: opened, in: store)
        try traces.add(codes, to: dispensing)
    }
}

extension PackPlan.Line {
    /// What is left in an open pack after it gave `part`.
    func left(in part: PackPart) -> BaseUnits {
        let moved = split.moved.filter { $0.pack == part.pack }.map(\.quantity).sum()
        return (open[part.pack]?.remaining ?? 0) - moved - part.quantity
    }
}
