import Primitives

extension ServiceHallDialect {
    func page(
        in answer: PlatformAnswer, to question: PlatformQuestion, after cursor: String?, stamped stamp: PlatformStamp
    ) -> PlatformPageReply {
        switch verdict(on: answer) {
        case .taken(let content):
            do {
                return .page(try page(of: content, to: question, after: cursor))
            } catch {
                return .unclear(error.reason)
            }
        // There is nothing by this number, which is an answer.
        case .notFound: return .page(PlatformPage(rows: []))
        case .refused(let complaint): return .refused(complaint)
        case .notNow(let complaint, let pause): return .notNow(complaint, after: pause)
        case .unclear(let reason): return .unclear(reason)
        }
    }

    private func page(
        of content: JSONValue, to question: PlatformQuestion, after cursor: String?
    ) throws(AnswerDefect) -> PlatformPage {
        let reader = HallReader(content: content, map: map)
        switch question {
        case .prescriptionState(let inquiry):
            try reader.require(inquiry.insurerNumber)
            let state = PlatformPrescriptionState(
                insurerNumber: inquiry.insurerNumber, state: try reader.state(), use: reader.use)
            return PlatformPage(rows: [.prescription(state)])
        case .prescriptionReview(let inquiry):
            try reader.require(inquiry.insurerNumber)
            return PlatformPage(rows: [.prescriptionReview(review(reader, of: inquiry))])
        case .prescriptionUse(let inquiry):
            try reader.require(inquiry.insurerNumber)
            return PlatformPage(rows: [.prescriptionUse(try use(reader, of: inquiry))])
        case .circulatingDrugs:
            guard case .array(let list)? = content["list"] else { throw AnswerDefect("list is missing") }
            guard list.count <= description.limits.pageRows else { throw AnswerDefect("a page has more rows than were asked for") }
            // The answer tells nothing of pages: one that is not full is the last.
            let isLast = list.count < description.limits.pageRows
            var page = PlatformPage(
                rows: [], next: isLast ? nil : PageCursor(page: PageCursor(cursor).page + 1, total: nil).text)
            for row in list {
                do {
                    page.rows.append(.circulatingDrug(try drug(row)))
                } catch {
                    page.unreadable.append(.init(name: row["genname"]?.plainText ?? "", reason: error.reason))
                }
            }
            return page
        default: throw AnswerDefect("the platform is asked about prescriptions only")
        }
    }

    private func review(_ reader: HallReader, of inquiry: PlatformPrescriptionInquiry) -> PlatformPrescriptionReview {
        PlatformPrescriptionReview(
            insurerNumber: inquiry.insurerNumber, decision: map.decisions[reader.optional("rxChkStasCodg")] ?? .none,
            pharmacistName: reader.optional("pharName"), pharmacistCode: reader.optional("pharCode"),
            opinion: reader.optional("rxChkOpnn"), time: reader.optional("rxChkTime"))
    }

    private func use(
        _ reader: HallReader, of inquiry: PlatformPrescriptionInquiry
    ) throws(AnswerDefect) -> PlatformPrescriptionUse {
        let items = (reader.content["seltdelts"]?.elements ?? []).map { element in
            let row = HallReader(content: element, map: map)
            // One client knows the first field by another name (DY).
            let code = row.optional("medListCodg")
            return PlatformPrescriptionUse.Item(
                insuranceCode: code.isEmpty ? row.optional("medinsListCodg") : code, name: row.optional("drugGenname"),
                specification: row.optional("drugSpec"), count: row.optional("cnt"), approvalNumber: row.optional("aprvno"),
                batch: row.optional("manuLotnum"), manufacturer: row.optional("prdrName"))
        }
        return PlatformPrescriptionUse(
            insurerNumber: inquiry.insurerNumber, state: try reader.state(), use: reader.use, time: reader.optional("setlTime"),
            items: items)
    }

    private func drug(_ row: JSONValue) throws(AnswerDefect) -> PlatformCirculatingDrug {
        let reader = HallReader(content: row, map: map)
        func flag(_ name: String) -> Bool? { reader.optional(name).isEmpty ? nil : reader.optional(name) == "1" }
        return PlatformCirculatingDrug(
            insuranceCode: try reader.text("medListCodg"), name: reader.optional("genname"),
            specification: reader.optional("specName"), manufacturer: reader.optional("prdrName"),
            approvalNumber: reader.optional("aprvno"), isDualChannel: flag("dualchnlFlag"), isOutpatientPool: flag("oppoolFlag"))
    }

    func finding(in pages: [PlatformPage], about fact: PlatformFact) -> PlatformReply {
        guard let last = pages.last, last.next == nil else { return .unclear("not every page has been seen") }
        let states = pages.flatMap(\.rows).compactMap { row in
            if case .prescription(let state) = row { state } else { nil }
        }
        guard states.count < 2 else { return .unclear("the prescription is there twice") }
        guard let state = states.first else {
            // What is not there is not valid there: that it ever arrived was not certain.
            if case .revokePrescription(let revocation) = fact, !revocation.isUploadCertain {
                return .done(PlatformAcknowledgement(document: revocation.inquiry.insurerNumber))
            }
            return map.facts[fact.kind]?.absenceMeansNotDone == true
                ? Finding.notDone("the platform does not have it") : .unclear("the platform shows nothing about it")
        }
        let done = PlatformReply.done(PlatformAcknowledgement(document: state.insurerNumber))
        func no(_ reason: String) -> PlatformReply {
            .refused(PlatformComplaint(code: state.state.rawValue, text: reason), lines: [])
        }
        switch (fact.kind, state.state) {
        case (.uploadPrescription, .valid), (.uploadPrescription, .expired), (.revokePrescription, .revoked): return done
        case (.uploadPrescription, .revoked): return no("the platform has it as revoked")
        case (.revokePrescription, .expired): return no("its validity has passed there")
        case (.revokePrescription, .valid):
            return state.use == .unused ? Finding.notDone("it is valid still") : no("it was used there")
        default: return .unclear("no question shows it")
        }
    }
}
