/// The page's one style sheet: light, for screens of every width and for paper.
enum PageStyle {
    static let css = """
        :root{--ink:#1f2933;--soft:#52606d;--line:#d9e0e7;--navy:#1d4670;--bg:#f5f7fa}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif}
        .wrap{max-width:1120px;margin:0 auto;padding:0 20px}
        .defs{position:absolute}
        .skip{position:absolute;left:-999px;top:0;background:#fff;color:var(--navy);padding:8px 16px;z-index:9}
        .skip:focus{left:8px;top:8px}
        a{color:#1a5ba0}
        a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid #f0a500;outline-offset:2px}
        .top{background:var(--navy);color:#fff;padding:28px 0 22px}
        .top .kicker{margin:0;font-size:15px;color:#d6e4f2;letter-spacing:.04em}
        h1{margin:4px 0 8px;font-size:30px;line-height:1.3;font-weight:600}
        .meta{margin:0;display:flex;flex-wrap:wrap;gap:4px 22px;color:#e3edf7;font-size:15px}
        nav{background:#fff;border-bottom:1px solid var(--line)}
        nav .wrap{display:flex;flex-wrap:wrap;gap:0 24px}
        nav a{padding:10px 0;text-decoration:none;font-size:15px}
        nav a:hover{text-decoration:underline}
        section{background:#fff;border:1px solid var(--line);border-radius:8px;padding:20px 24px;margin:20px 0}
        h2{margin:0 0 14px;font-size:20px;font-weight:600;color:var(--navy)}
        h3{margin:20px 0 8px;font-size:16px;font-weight:600}
        .verdict{margin:0 0 16px;padding:10px 14px;border-left:5px solid;border-radius:4px;font-size:17px}
        .verdict.ok{background:#e8f5ec;border-color:#2e8b57}
        .verdict.warn{background:#fff6dd;border-color:#d69e00}
        .verdict.miss{background:#fdecea;border-color:#c0392b}
        .cards{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(165px,1fr));gap:12px}
        .cards li{border:1px solid var(--line);border-top:4px solid #9fb3c8;border-radius:6px;padding:10px 14px;display:flex;flex-direction:column}
        .cards li.ok{border-top-color:#2e8b57}.cards li.warn{border-top-color:#d69e00}.cards li.miss{border-top-color:#c0392b}.cards li.paid{border-top-color:#1f5f99}
        .cards .name{color:var(--soft);font-size:14px}
        .cards .figure{font-size:25px;line-height:1.35;font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
        .cards .figure small{font-size:14px;font-weight:400;margin-left:4px;color:var(--soft)}
        .cards .note{font-size:13px;color:var(--soft)}
        .todo{margin:0;padding-left:24px}.todo li{margin:5px 0}
        .changes{margin:0;padding-left:24px}.changes li{margin:5px 0;overflow-wrap:anywhere}
        .notice{background:#eef4fb;border-radius:4px;padding:8px 12px;margin:16px 0 0;font-size:15px}
        figure{margin:0 0 18px}
        figcaption{font-size:15px;margin-bottom:6px;color:var(--soft);display:flex;flex-wrap:wrap;gap:2px 18px}
        .legend{white-space:normal}
        .k{display:inline-block;min-width:18px;height:18px;line-height:18px;text-align:center;font-style:normal;font-size:12px;margin:0 4px 0 10px;border-radius:3px;vertical-align:-3px;color:#fff}
        .k.ok{background:#23784a;color:#fff}.k.warn{background:#e3a008;color:#3d2600}.k.miss{background:#c0392b;color:#fff}.k.wait{background:#cbd2d9;color:#1f2933}.k.paid{background:#1f5f99}.k.pend{background:repeating-linear-gradient(135deg,#b7791f 0 3px,#fff 3px 6px);border:1px solid #b7791f}
        .bars{list-style:none;margin:0;padding:0}
        .bars li{display:grid;grid-template-columns:150px minmax(0,1fr) 270px;gap:4px 14px;align-items:center;padding:4px 0}
        .bars .lab{text-align:right;font-size:15px;overflow-wrap:anywhere}
        .bars .val{font-size:14px;color:var(--soft);font-variant-numeric:tabular-nums}
        .bar{display:block;width:100%;height:18px;background:#eef1f4;border-radius:3px;overflow:hidden}
        rect.ok{fill:#23784a}rect.warn{fill:url(#dots)}rect.miss{fill:url(#cross)}rect.wait{fill:#b8c2cc}rect.paid{fill:#1f5f99}rect.pend{fill:url(#hatch)}
        .scroll{overflow-x:auto;margin:0 0 18px;border-radius:4px}
        table{border-collapse:collapse;font-size:14px;min-width:100%;font-variant-numeric:tabular-nums}
        caption{text-align:left;font-size:15px;color:var(--soft);padding:0 0 6px}
        th,td{padding:6px 10px;border-bottom:1px solid #e8ecf0;text-align:left}
        thead th{background:#f0f4f8;border-bottom:2px solid #c4d0dc;font-weight:600;white-space:nowrap}
        tbody th{font-weight:400;min-width:7em}th.nw{min-width:0;white-space:nowrap}
        tbody tr:hover>*{background-color:#f5f9fd}
        tfoot th,tfoot td{font-weight:600;background:#f7f9fb}
        th.num,.sums td{text-align:right;white-space:nowrap}
        .sums td.word{text-align:left;white-space:normal}
        .sums td small{color:#8a4b00;display:block;line-height:1.3}
        th small{color:var(--soft);font-weight:400}
        .grid thead th,.grid td{text-align:center;white-space:nowrap}
        .grid thead th:first-child{text-align:left}
        .grid td{border-left:1px solid #fff}
        .grid td.ok{background:#e5f4ea;color:#14532d}.grid td.warn{background:#fff1c9;color:#6b3f00}.grid td.miss{background:#fbdedb;color:#8c1d13;font-weight:600}.grid td.wait{background:#eef1f4;color:#434f5b}.grid td.none{color:#66727e}
        .grid td a{color:inherit;display:inline-block;min-width:24px;line-height:24px}
        .scroll th[scope=row],.scroll thead th:first-child{position:sticky;left:0;background:#fff;z-index:1}
        .scroll thead th:first-child{background:#f0f4f8}
        tr.d1 th{padding-left:24px}tr.d2 th{padding-left:40px}tr.d0>*{font-weight:600}
        details{border:1px solid var(--line);border-radius:6px;margin:8px 0;padding:0 14px}
        summary{padding:10px 0;cursor:pointer}summary small{color:var(--soft);margin-left:10px}
        .filter{border:0;margin:0 0 10px;padding:0;font-size:15px;display:flex;flex-wrap:wrap;gap:2px 18px}.filter legend{float:left;margin-right:14px;color:var(--soft)}.filter label{cursor:pointer}.filter input{margin:0 6px 0 0}
        .mend:has(#m-held:checked) tr.excluded,.mend:has(#m-excluded:checked) tr.held{display:none}
        table.mend td{vertical-align:top;overflow-wrap:anywhere}table.mend td.nw{white-space:nowrap}table.mend tr.held td:first-child{color:#8c1d13;font-weight:600}table.mend td:nth-child(4){min-width:6em}table.mend td:nth-child(5){min-width:12em}table.mend td:nth-child(6){min-width:14em}
        .files{margin:0;font-size:15px}
        .files dt{font-weight:600;margin-top:10px}
        .files dd{margin:0}
        .files a{display:inline-block;margin:2px 14px 2px 0;overflow-wrap:anywhere}
        .small{color:var(--soft);font-size:14px;margin:0 0 6px}
        code{font-size:13px}
        footer{color:var(--soft);font-size:14px;padding-bottom:28px}.paper{display:none}
        @media (max-width:640px){
        body{font-size:16px}.wrap{padding:0 12px}.top{padding:18px 0 14px}h1{font-size:23px}
        section{padding:14px 12px;margin:12px 0;border-radius:6px}
        .cards{grid-template-columns:1fr 1fr;gap:8px}.cards li{padding:8px 10px}.cards .figure{font-size:20px;white-space:normal}
        .bars li{grid-template-columns:auto 1fr}.cards li:last-child:nth-child(odd){grid-column:1/-1}.bars .lab{text-align:left}.bars .bar{grid-row:2;grid-column:1/-1}.bars .val{text-align:right}
        table.mend,table.mend tbody,table.mend tr,table.mend td{display:block}table.mend thead{display:none}table.mend caption{display:block}
        table.mend tr{border-bottom:1px solid var(--line);padding:6px 0}table.mend td{border:0;padding:1px 0}table.mend td.nw{display:inline-block;margin-right:12px}
        nav .wrap{gap:0 16px}tbody th{min-width:5em}tbody th.nw{min-width:0}
        }
        @media print{
        @page{size:A4;margin:14mm 12mm}
        body{background:#fff;font-size:10.5pt}.wrap{max-width:none;padding:0}
        nav,.skip,.filter,footer,section[aria-labelledby=s-files]{display:none}.paper{display:block;margin:4pt 0 0;font-size:8.5pt}.top{background:#fff;color:#000;border-bottom:2pt solid var(--navy);padding:0 0 6pt}
        .top .kicker,.meta{color:#333}h1{font-size:18pt}
        section{border:0;padding:0;margin:12pt 0;border-radius:0}h2{font-size:13pt;border-bottom:.5pt solid #999;padding-bottom:2pt}
        h2,h3,caption,figcaption{break-after:avoid}figure,.cards,.bars li,tr{break-inside:avoid}thead{display:table-header-group}tfoot{display:table-row-group}
        .cards{grid-template-columns:repeat(5,1fr);gap:6pt}.cards li{padding:4pt 6pt}.cards .figure{font-size:13pt}.cards .note,.cards .name{font-size:8.5pt}
        .scroll{overflow:visible}table{font-size:8.5pt}th,td{padding:2pt 5pt}.scroll th[scope=row],.scroll thead th:first-child{position:static}
        .grid td,.k,.verdict,.bar,.cards li,thead th{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        .bars li{grid-template-columns:85pt minmax(0,1fr) 190pt}
        a{color:inherit;text-decoration:none}
        details{border:0;padding:0}details:not([open]){display:none}
        }
        """
}
