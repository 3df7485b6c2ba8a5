import Primitives

/// YY016: what the hospital believes was invoiced in a period is held against what the platform knows.
///
/// Not told by the sources, assumed: that every invoice dated in the period counts, whether it was accepted or not; that the
/// answer lists every enterprise that either side has; and that the result (dictionary 4.1.21) stands in `MAIN` as `DZJG`.
enum ShanghaiReconciliation {
    private struct Totals: Equatable {
        var count: Int64 = 0
        var amount: Int64 = 0
    }

    @Sendable static func reconcile(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([
            .must("DZQ"), .must("KSRQ", 8), .must("JSRQ", 8), .must("DLCGBZ", 1), .must("FPSL"), .must("FPJE"), .must("JLS", 10),
        ])
        let days = try ShanghaiDays(main, "KSRQ", "JSRQ", max: call.options.reconciliationDaysMax, "22002")
        let isOfAgreedVolume = try main.choice("DLCGBZ", "0", "1") == "1"
        let lines = try call.lines([.must("YQBM", 20), .must("FPSL"), .must("FPJE")])
        guard try main.count("JLS") == lines.count else { throw ShanghaiRefusal("22003", "记录数与明细条数不一致") }
        var theirs: [String: Totals] = [:]
        for line in lines {
            let totals = Totals(count: try line.count("FPSL"), amount: try line.money("FPJE").tenThousandths)
            guard theirs.updateValue(totals, forKey: line["YQBM"]) == nil else { throw .format("YQBM重复") }
        }
        let own = totals(days, isOfAgreedVolume, call, platform)
        let sum = own.values.reduce(into: Totals()) {
            $0.count += $1.count
            $0.amount += $1.amount
        }
        let announced = Totals(count: try main.count("FPSL"), amount: try main.money("FPJE").tenThousandths)
        let result = announced != sum ? "2" : theirs == own ? "1" : "3"
        let rows = Set(theirs.keys).union(own.keys).sorted().map { supplier -> ShanghaiAnswer.Fields in
            let totals = own[supplier] ?? Totals()
            return [
                ("YQBM", supplier), ("FPSL", String(totals.count)), ("FPJE", Money(tenThousandths: totals.amount).description),
            ]
        }
        return ShanghaiAnswer(main: [("JLS", String(rows.count)), ("SFWJ", "1"), ("DZJG", result)], lines: rows)
    }

    /// By enterprise; those without an invoice are not there.
    private static func totals(_ days: ShanghaiDays, _ isOfAgreedVolume: Bool, _ call: ShanghaiCall, _ platform: Platform)
        -> [String: Totals]
    {
        var totals: [String: Totals] = [:]
        for index in days.part(of: platform.books[call.book].invoices, at: { platform.invoices[$0].madeAt }) {
            let invoice = platform.invoices[index]
            guard invoice.isOfAgreedVolume == isOfAgreedVolume else { continue }
            totals[invoice.supplier, default: Totals()].count += 1
            totals[invoice.supplier, default: Totals()].amount += invoice.total.tenThousandths
        }
        return totals
    }
}
