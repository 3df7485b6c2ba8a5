import Primitives

/// The platform's things as a statement tells them.
extension Platform {
    func told(order index: Int) -> SimulatorStatement.Order {
        let order = orders[index]
        let face = books[order.book].face
        let state: SimulatorStatement.Order.State =
            switch order.stage {
            case .draft: .draft
            case .sent: .sent
            case .void: .void
            case .closed: .closed
            }
        return .init(
            face: face, number: order.id.text(face), hospitalKey: order.hospitalKey, state: state,
            lines: order.lines.map { told(line: lines[$0], of: order, face) })
    }

    private func told(line: OrderLine, of order: Order, _ face: SimulatorFace) -> SimulatorStatement.Line {
        .init(
            id: line.id.text(face), key: line.key, product: line.product, packs: line.packs, price: line.price,
            state: state(of: line, order), shipped: line.shipped, received: line.received)
    }

    func state(of line: OrderLine, _ order: Order) -> SimulatorStatement.Line.State {
        if order.stage == .draft { return .draft }
        if case .refused = line.answer { return .refused }
        let isEnded = line.endedAt != nil
        if isEnded, line.shipped == 0 { return order.stage == .closed ? .closed : .void }
        if line.shipped > 0, line.waitingShipments == 0, isEnded || line.shipped >= line.packs { return .received }
        if isEnded { return .closed }
        if line.shipped >= line.packs { return .shipped }
        if line.shipped > 0 { return .partlyShipped }
        return line.answer == .confirmed ? .confirmed : .awaiting
    }

    func told(shipment index: Int) -> SimulatorStatement.Delivery {
        let shipment = shipments[index]
        let face = books[notes[shipment.note].book].face
        let state: SimulatorStatement.Delivery.State =
            switch shipment.acceptance {
            case .waiting: .waiting
            case .passed: .accepted
            case .rejected: .rejected
            }
        return .init(
            face: face, id: shipment.id.text(face), line: lines[shipment.line].id.text(face), packs: shipment.packs,
            lot: shipment.lot, state: state, received: shipment.received, returned: shipment.returned)
    }

    func told(invoice index: Int) -> SimulatorStatement.Invoice {
        let invoice = invoices[index]
        let face = books[invoice.book].face
        return .init(
            face: face, id: invoice.id.text(face), number: invoice.number, supplier: invoice.supplier, total: invoice.total,
            isAccepted: invoice.isAccepted, isPaid: invoice.isPaid)
    }

    func told(goodsReturn index: Int) -> SimulatorStatement.Return {
        let goods = returns[index]
        let face = books[goods.book].face
        let state: SimulatorStatement.Return.State =
            switch goods.stage {
            case .draft: .draft
            case .void: .void
            case .asked: .asked
            case .agreed: .agreed
            case .refused: .refused
            }
        return .init(
            face: face, id: goods.id.text(face), supplier: goods.supplier, product: goods.product, lot: goods.lot,
            packs: goods.packs, state: state)
    }

    func told(settlement index: Int) -> SimulatorStatement.Settlement {
        let settlement = settlements[index]
        let state: SimulatorStatement.Settlement.State =
            switch settlement.stage {
            case .draft: .draft
            case .submitted: .submitted
            case .passed: .passed
            }
        return .init(id: settlement.number, supplier: settlement.supplier, total: settlement.total, state: state)
    }

    func toldAgreedVolumes() -> [SimulatorStatement.AgreedVolume] {
        agreedVolumes.map {
            .init(
                product: $0.product, supplier: $0.supplier, agreed: $0.packs, moved: movedVolumes[[$0.product, $0.supplier]] ?? 0)
        }
    }
}
