import Primitives

/// What suppliers do with what they have been sent.
extension Platform {
    mutating func answer(_ order: Int, by supplier: String, at now: Instant) {
        guard orders[order].stage == .sent else { return }
        var isAnyConfirmed = false
        for line in orders[order].lines where lines[line].supplier == supplier && isOpen(line) {
            lines[line].answeredAt = now
            if happens(suppliersSide.refuses) {
                lines[line].answer = .refused(reason: suppliersSide.reasons.randomElement(using: &random) ?? "")
                continue
            }
            isAnyConfirmed = true
            lines[line].answer = .confirmed
            lines[line].delivery = delivery(of: lines[line].packs)
            lines[line].hasOtherLot = happens(suppliersSide.shipsOtherLot)
        }
        guard isAnyConfirmed else { return }
        agenda.enter(.ship(order: order, supplier: supplier), at: now.adding(delay(suppliersSide.shipDelay)))
    }

    private mutating func delivery(of packs: Int64) -> OrderLine.Delivery {
        if happens(suppliersSide.forgets) { return .never }
        if packs > 1, happens(suppliersSide.shipsInParts) { return .inParts }
        guard happens(suppliersSide.shipsOtherQuantity) else { return .whole }
        return .otherQuantity(packs > 1 && Bool.random(using: &random) ? packs - 1 : packs + 1)
    }

    mutating func ship(_ order: Int, by supplier: String, at now: Instant) {
        guard orders[order].stage == .sent else { return }
        var picked: [(line: Int, packs: Int64)] = []
        var isMoreToCome = false
        for line in orders[order].lines where lines[line].supplier == supplier && isOpen(line) {
            let rest = lines[line].packs - lines[line].shipped
            switch lines[line].delivery {
            case .never: continue
            case .whole: picked.append((line, rest))
            // A quantity that falls short is all there will be: the second time there is no event for it.
            case .otherQuantity(let packs): if lines[line].shipped == 0 { picked.append((line, packs)) }
            case .inParts:
                let isFirst = lines[line].shipped == 0
                picked.append((line, isFirst ? (rest + 1) / 2 : rest))
                isMoreToCome = isMoreToCome || isFirst
            }
        }
        if !picked.isEmpty { deliver(picked, of: order, by: supplier, at: now) }
        if isMoreToCome {
            agenda.enter(.ship(order: order, supplier: supplier), at: now.adding(delay(suppliersSide.partDelay)))
        }
    }

    private mutating func deliver(_ picked: [(line: Int, packs: Int64)], of order: Int, by supplier: String, at now: Instant) {
        let book = orders[order].book
        let note = notes.count
        let id = number(.note(note), at: now)
        let name = "PS" + DigitText.padded(id.serial, 12)
        notes.append(
            DeliveryNote(
                id: id, number: name, book: book, order: order, supplier: supplier, deliveryPoint: orders[order].deliveryPoint,
                madeAt: now))
        change(book) { book in
            book.notes.append(note)
            book.noteByNumber[name] = note
        }
        for (line, packs) in picked { deliver(packs, of: line, on: note, at: now) }
        guard !suppliersSide.invoicesAfterReceipt else { return }
        if happens(suppliersSide.invoices) { agenda.enter(.invoice(note: note), at: now.adding(delay(suppliersSide.invoiceDelay))) }
    }

    private mutating func deliver(_ packs: Int64, of line: Int, on note: Int, at now: Instant) {
        let index = shipments.count
        let id = number(.shipment(index), at: now)
        let today = now.businessDay
        let lot = "L\(today.digits.suffix(6))\(DigitText.padded(id.serial % 1_000, 3))"
        shipments.append(
            Shipment(
                id: id, note: note, line: line, packs: packs, lot: lot, invoicedLot: lines[line].hasOtherLot ? lot + "X" : lot,
                madeOn: today.adding(days: -90), expiresOn: today.adding(days: 640), shippedAt: now, updatedAt: now))
        notes[note].shipments.append(index)
        lines[line].shipments.append(index)
        lines[line].shipped += packs
        lines[line].waitingShipments += 1
        change(notes[note].book) { $0.waitingShipments.append(index) }
        touch(index, at: now)
    }

    /// Says that a shipment has changed.
    mutating func touch(_ shipment: Int, at now: Instant) {
        shipments[shipment].updatedAt = now
        shipments[shipment].update += 1
        let entry = UpdateLog.Entry(at: now, item: shipment, number: shipments[shipment].update)
        let supplier = lines[shipments[shipment].line].supplier
        let all = shipments
        change(notes[shipments[shipment].note].book) { book in
            book.shipmentUpdates.change(supplier) { log in
                log.append(entry)
                if entry.number > 1 { log.outdate { all[$0.item].update == $0.number } }
            }
        }
    }
}
