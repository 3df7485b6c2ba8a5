extension Finding {
    func accepted(_ receipt: PlatformReceipt) -> PlatformReply {
        let lines = rows.compactMap { row in
            if case .deliveryLine(let line) = row, line.deliveryLine == receipt.deliveryLine { line } else { nil }
        }
        guard let line = lines.first else { return absent }
        guard lines.count == 1 else { return .unclear("several rows are about the delivery's line") }
        let done = PlatformReply.done(PlatformAcknowledgement(document: line.deliveryLine))
        switch line.state {
        case .accepted:
            let accepted = line.packsAccepted ?? line.packs
            return accepted == receipt.packsAccepted
                ? done : .unclear("the platform has \(accepted) packs accepted and we have \(receipt.packsAccepted)")
        case .rejected: return receipt.packsAccepted == 0 ? done : .unclear("the platform has the packs rejected")
        case .shipped: return Self.notDone("the platform has it as not yet accepted")
        case .void: return .refused(PlatformComplaint(code: "void", text: "the delivery's line is void on the platform"), lines: [])
        case nil: return .unclear("the platform does not say how the delivery's line stands")
        }
    }

    /// The return is there, in whatever state that is not the end of it.
    func applied(_ returned: PlatformReturn) -> PlatformReply {
        found(returned) { state in
            switch state.state {
            case .draft, .waiting, .agreed, .refused: .done(PlatformAcknowledgement(document: state.platformReturn))
            case .void: .unclear("the return is void on the platform")
            }
        }
    }

    func confirmed(_ returned: PlatformReturn) -> PlatformReply {
        found(returned) { state in
            switch state.state {
            case .waiting, .agreed, .refused: .done(PlatformAcknowledgement(document: state.platformReturn))
            case .draft: Self.notDone("the platform has it as a draft")
            case .void: .unclear("the return is void on the platform")
            }
        }
    }

    /// By the platform's number, or by ours where the platform keeps it.
    private func found(_ returned: PlatformReturn, judge: (PlatformReturnState) -> PlatformReply) -> PlatformReply {
        let states = rows.compactMap { row in
            if case .returned(let state) = row, state.isOf(returned) { state } else { nil }
        }
        guard let state = states.first else { return absent }
        guard states.count == 1 else { return .unclear("several rows are about the return") }
        guard state.packs == returned.packs else {
            return .unclear("the platform has \(state.packs) packs returned and we have \(returned.packs)")
        }
        return judge(state)
    }

    func accepted(_ invoice: PlatformInvoice) -> PlatformReply {
        found(invoice) { state in
            switch state {
            case .accepted, .paid: .done(PlatformAcknowledgement(document: invoice.platformInvoice))
            case .waiting: Self.notDone("the platform has it as not yet accepted")
            case .draft, .refused, .void: .unclear("the invoice is \(state.rawValue) on the platform")
            }
        }
    }

    func paid(_ invoice: PlatformInvoice) -> PlatformReply {
        found(invoice) { state in
            switch state {
            case .paid: .done(PlatformAcknowledgement(document: invoice.platformInvoice))
            case .accepted: Self.notDone("the platform has it as accepted and not yet paid")
            case .draft, .waiting, .refused, .void: .unclear("the invoice is \(state.rawValue) on the platform")
            }
        }
    }

    private func found(_ invoice: PlatformInvoice, judge: (PlatformInvoiceState.State) -> PlatformReply) -> PlatformReply {
        let states = rows.compactMap { row in
            if case .invoice(let state) = row, state.number == invoice.number, state.code == invoice.code { state } else { nil }
        }
        guard let state = states.first else { return absent }
        guard states.count == 1 else { return .unclear("several rows are about the invoice") }
        return judge(state.state)
    }

    func saved(_ point: PlatformPoint) -> PlatformReply {
        let points = rows.compactMap { row in
            if case .deliveryPoint(let known) = row, known.isLike(point) { known } else { nil }
        }
        guard let known = points.first else { return absent }
        guard points.count == 1 else { return .unclear("several rows are about the delivery point") }
        return .done(PlatformAcknowledgement(document: known.code))
    }
}

extension PlatformReturnState {
    /// By the platform's number, once there is one; else by ours.
    func isOf(_ returned: PlatformReturn) -> Bool {
        if let number = returned.platformReturn, !number.isEmpty { return platformReturn == number }
        return !number.isEmpty && number == returned.number && (deliveryLine.isEmpty || deliveryLine == returned.deliveryLine)
    }
}

extension PlatformPoint {
    fileprivate func isLike(_ other: PlatformPoint) -> Bool {
        (other.code.isEmpty || code == other.code) && name == other.name && address == other.address && telephone == other.telephone
    }
}
